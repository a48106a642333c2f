"""Words by which a person named in full is known from a place or an office; pure."""

from __future__ import annotations

# First names common in Britain that are rarely a word, a place or an office.
FIRST_NAMES = frozenset(
    """Aaron Abbie Abdul Abdullah Abigail Adam Adele Adrian Agnes Ahmed Aidan Aiden Aisha Alan
    Albert Alec Alex Alexander Alexandra Alfie Alfred Ali Alice Alison Allan Amanda Amber Amelia
    Amelie Amina Amir Amjad Amy Ana Andrea Andrew Andy Angela Angus Anil Anita Ann Anna Anne
    Annette Annie Anthony Antonio Archie Arjun Arthur Asha Ashley Audrey Ava Ayesha Barbara Barry
    Beatrice Becky Ben Benjamin Bernadette Bernard Beth Bethany Betty Beverley Brenda Brian
    Bridget Bruce Bryan Caitlin Callum Calum Cameron Carl Carla Carol Caroline Catherine Cathy
    Charles Charlie Charlotte Chloe Chris Christine Christopher Claire Clare Clive Colin Connor
    Conor Craig Cynthia Daisy Damian Daniel Danielle Danny Darren Dave David Dawn Deborah Debbie
    Declan Deepak Denise Dennis Derek Diana Diane Dominic Donald Donna Doreen Dorothy Douglas
    Duncan Dylan Ebony Eddie Edith Edward Eileen Elaine Eleanor Elena Elizabeth Ella Ellen Ellie
    Elliot Emily Emma Eric Erin Ethan Eva Evelyn Evie Faisal Farah Fatima Fergus Finlay Fiona
    Frances Francesca Francis Freddie Frederick Freya Gareth Gary Gavin Gemma Geoffrey George
    Georgina Gerald Geraldine Gillian Gina Glenn Gloria Gordon Graham Gregory Gurpreet Gwen
    Hamza Hannah Harold Harriet Harry Harvey Hassan Hazel Heather Helen Helena Henry Hilary Holly
    Howard Hugh Hussain Iain Ian Ibrahim Imran Irene Iris Isaac Isabel Isabella Isla Ivan Ivy
    Jack Jacob Jacqueline Jade Jake James Jamie Jan Jane Janet Janice Jasmine Jason Jean Jeffrey
    Jennifer Jenny Jeremy Jessica Jill Jim Jimmy Joan Joanna Joanne Joe Joel John Jon Jonathan
    Joseph Josephine Josh Joshua Joyce Judith Julia Julian Julie Justin Kai Karen Kate Katherine
    Kathleen Kathryn Katie Kayleigh Keith Kelly Kenneth Kerry Kevin Khalid Kieran Kim Kimberley
    Kirsty Kyle Laura Lauren Lawrence Leah Leanne Lee Leo Leon Leonard Leslie Lewis Liam Lily
    Linda Lindsay Lisa Liz Logan Lorraine Louis Louise Lucas Lucy Luke Lydia Lynn Lynne Maisie
    Malcolm Mandy Manjit Manuel Marcus Margaret Maria Marie Marilyn Mario Marion Marjorie Martha
    Martin Mary Maryam Matthew Maureen Maurice Max Maya Megan Melanie Melissa Mia Michael Michelle
    Mick Mike Mildred Millie Miriam Mohamed Mohammad Mohammed Moira Molly Monica Muhammad Nadia
    Naomi Natalie Natasha Nathan Neil Niamh Nicholas Nicola Nicole Nigel Nina Noah Noel Nora
    Norma Norman Oliver Olivia Omar Oscar Owen Pamela Patricia Patrick Paul Paula Pauline Penelope
    Percy Peter Philip Phillip Phoebe Phyllis Piotr Poppy Priya Rachel Rahul Raj Rajesh Ralph
    Raymond Rebecca Reginald Rhys Richard Rita Robert Roberta Robin Roger Ronald Rory Rosemary
    Ross Roy Ruby Rupert Russell Ruth Ryan Sadie Sally Sam Samantha Samir Samuel Sandra Sanjay
    Sara Sarah Sasha Scott Sean Sebastian Shane Shannon Sharon Shaun Sheila Shirley Sian Simon
    Sofia Sonia Sophia Sophie Stacey Stanley Stella Stephanie Stephen Steve Steven Stewart Stuart
    Sunil Susan Suzanne Sylvia Tamara Tania Tanya Tara Teresa Terence Terry Theo Theodore Theresa
    Thomas Tim Timothy Tina Toby Todd Tom Tony Tracey Tracy Trevor Tristan Ursula Valerie Vanessa
    Vera Vernon Veronica Vikram Vincent Violet Vivian Walter Wayne Wendy Wesley William Winifred
    Yasmin Yusuf Yvonne Zac Zachary Zahra Zainab Zara Zoe
    Adebayo Adeola Agnieszka Andrei Andrzej Anjali Asif Ayse Balwinder Barnaby Bilal Bob Bobby
    Cerys Chidi Chinedu Chioma Dean Dewi Dilip Drew Eloise Emre Ewa Faith Femi Fatma Florence Frank
    Fred Funmi Georgia Grace Grant Grzegorz Gwyneth Harpreet Hasan Ion Ionut Jaspreet Jeff Jerome
    Jordan Kamran Kasia Katarzyna Kofi Krzysztof Kulwinder Kwame Lance Leroy Magdalena Malgorzata
    Mandeep Marek Mark Mateusz Mehmet Mihai Miles Mohsin Nadeem Nasreen Naveed Neha Ngozi Nick
    Nikhil Olu Oluwaseun Parveen Pawel Pete Philippa Pranav Rashid Ray Rehana Rishi Rob Robbie
    Rose Rosie Rukhsana Saima Sajid Salma Sandeep Shabana Shahid Sinead Siobhan Sunita Susie
    Tariq Tomasz Tunde Umar Usman Victor Victoria Vijay Winston Zeeshan""".split()  # noqa: SIM905
)
# First names that begin many a sentence as a word: a name only before a common surname.
WORDS_TOO = frozenset(
    ["April", "Bill", "Chase", "Hope", "Joy", "June", "May", "Pat", "Summer", "Will"]
)
# Surnames common in Britain that are rarely a place or a thing.
SURNAMES = frozenset(
    """Adams Adeyemi Ahmed Akhtar Ali Allen Anderson Andrews Armstrong Atkinson Bailey Barnes
    Begum Bennett Bibi Campbell Carter Chapman Chowdhury Clarke Collins Cooper Cox Davies Davis
    Dawson Dixon Edwards Ellis Evans Fernandez Fletcher Foster Gibson Gill Graham Griffiths Gupta
    Harris Harrison Harvey Hassan Henderson Hughes Hunt Hussain Iqbal Jackson Jenkins Johnson
    Johnston Jones Kamara Kaur Kelly Kennedy Khan Kowalska Kowalski Kumar Lewis Lloyd Malik
    Marshall Mason Matthews Mensah Miah Miller Mills Mitchell Mohamed Moore Morgan Morris Morrison
    Murphy Murray Nguyen Nowak Okafor Owen Palmer Patel Pearson Phillips Popescu Powell Rahman
    Reid Reynolds Richards Richardson Roberts Robertson Robinson Rogers Russell Ryan Scott Shah
    Sharma Shaw Simpson Singh Smith Stevens Stewart Taylor Thompson Thomson Turner Walker Walsh
    Watson Webb Wilkinson Williams Williamson Wilson Wright""".split()  # noqa: SIM905
)
# Titles and ranks: with a surname behind them somebody is named; with a letter nobody is.
TITLES = frozenset(
    """Mr Mrs Ms Miss Mx Dr Prof Professor Sir Dame Rev Reverend Cllr Councillor Judge Nurse
    Coroner PC WPC DC TDC PS DS DI DCI PCSO Constable Sergeant Sgt Inspector Insp Superintendent
    Supt Commander Commissioner Detective""".split()  # noqa: SIM905
)
# What makes a place, a ward or an operation of the first name behind it.
NO_PERSON_AFTER = frozenset(
    ["St", "Saint", "Operation", "Lake", "Port", "Mount", "HMP", "RAF", "Hurricane", "Storm"]
)
# What makes a place or a body of the name before it.
BODIES = frozenset(
    """Academy Avenue Bank Bridge Building Buildings Centre Chapel Church Clinic Close College
    Court Crescent Drive Estate Foundation Gardens Hall Hospital Hotel House Infirmary Inn
    Institute Lane Law Library Lodge Mews Park Place Police Primary Road Row Rule School Square
    Stadium Station Street Surgery Terrace Theatre Tower Trust University Walk Ward Way Wharf
    Wing ward hospital school wing""".split()  # noqa: SIM905
)
# What follows a first name or a rank when the two together are a place, a day or an office.
NOT_SURNAMES = (BODIES | TITLES) | frozenset(
    """Act Alert Arms Authority City Christmas Coach Common Constabulary Cottage Council County
    Cross Day Fields Gate Green Grove Helpline Hill Hours Island Line Number Project Quay Report
    Review Scheme Team Unit Valley Village Wood World Yard
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June
    July August September October November December
    Acting Apprenticeship Assistant Association Chief Conduct Control Crime Custody Degree Deputy
    Desk Duty Federation Force General Guidance Hearing Misconduct Office Officer Officers Panel
    Professional Response Room Safety Special Staff Standards Temporary Training Welfare
    A After All An And Any As Ask At Because Before But By Can Could Did Do Does During Each Every
    For From Had Has He Her His How I If In Into It Its My No Not Now Of On One Or Our She Should
    Since So Some That The Their Then There They This To Until Was We Were What When Where Which
    While Who Why With Would Yes You Your""".split()  # noqa: SIM905
)
# Surnames that are places too: they are places behind “in” or “at”.
PLACES_TOO = frozenset(
    [
        "Banks",
        "Church",
        "Cross",
        "Day",
        "Field",
        "Fields",
        "Green",
        "Hall",
        "Hill",
        "Lane",
        "Law",
        "Ward",
        "Wood",
    ]
)
# Letters that stand for an office, a list or a thing, where a surname might stand in capitals.
ABBREVIATIONS = frozenset(
    ["ACRO", "ANPR", "CCTV", "CEOP", "HMIC", "IOPC", "MAPPA", "MARAC", "NPCC", "PLEASE", "POLICE"]
)
