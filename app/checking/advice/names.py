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
    Yasmin Yusuf Yvonne Zac Zachary Zahra Zainab Zara Zoe""".split()  # noqa: SIM905
)
# What follows a first name when the two together are a place, a day or an office.
NOT_SURNAMES = frozenset(
    """Academy Act Arms Authority Avenue Bank Bridge Building Buildings Centre Chapel Christmas
    Church City Close College Common Council County Court Crescent Cross Day Drive Estate Fields
    Foundation Gardens Gate Green Grove Hall Hill Hospital Hotel House Infirmary Inn Institute
    Island Lane Lodge Mews Monday Tuesday Wednesday Thursday Friday Saturday Sunday January
    February March April May June July August September October November December Park Parade
    Place Police Primary Quay Report Review Road Row School Square Station Street Terrace Tower
    Trust University Village Walk Way Ward Wharf Wood Yard And But For From He Her His If In It
    No Not Of On Or She So The Then They This To We What When Who You Your""".split()  # noqa: SIM905
)
