"""A person named in full is told, however the name stands; letters, places and offices are not."""

from __future__ import annotations

import pytest

from app.checking.advice.people import named_in_full, names_in
from tests.checking.advice_modules import the_module, told
from tests.factories.modules import made_up, text

NAMED = (
    ("Mark Jones called police.", "Mark Jones"),
    ("PC Smith arrived.", "PC Smith"),
    ("PC John Smith arrived.", "PC John Smith"),
    ("Dr Ahmed said so.", "Dr Ahmed"),
    ("Sergeant Harris took the log.", "Sergeant Harris"),
    ("Grace Okafor was at home.", "Grace Okafor"),
    ("Jordan Price rang.", "Jordan Price"),
    ("Rose Taylor rang.", "Rose Taylor"),
    ("Agnieszka Nowak rang.", "Agnieszka Nowak"),
    ("Miss Khan rang.", "Miss Khan"),
    ("DC Patel spoke to her.", "DC Patel"),
    ("Will Smith rang.", "Will Smith"),
    ("When Sarah Jones rang, nobody answered.", "Sarah Jones"),
    ("Sergeant John Smith took over.", "Sergeant John Smith"),
    ("Inspector Paul Green was told.", "Inspector Paul Green"),
    ("Then David Brown left.", "David Brown"),
    ("Sarah McDonald rang.", "Sarah McDonald"),
    ("They met Anna MacLeod.", "Anna MacLeod"),
    ("Jane Smith rings.", "Jane Smith"),
    ("He tells Mohammed Khan’s wife.", "Mohammed Khan"),
    ("It was Sarah O’Neill.", "Sarah O’Neill"),
    ("They met David J. Brown.", "David J. Brown"),
    ("Mrs Pritchard rings back.", "Mrs Pritchard"),
    ("Mr Jones-Evans is at home.", "Mr Jones-Evans"),
    ("He asked for Anna Smith-Lowe.", "Anna Smith-Lowe"),
    ("Maria de Souza left.", "Maria de Souza"),
    ("He saw Sarah Jane Taylor.", "Sarah Jane Taylor"),
    ("The caller is Alan SMITH.", "Alan SMITH"),
    ("He met Xolani Patel there.", "Xolani Patel"),
    ("Detective Constable Okoro saw it.", "Constable Okoro"),
    ("Dr. Brown wrote.", "Dr. Brown"),
    ("Prof Adeyemi was asked.", "Prof Adeyemi"),
    ("Chief Inspector Walsh agreed.", "Inspector Walsh"),
    ("The log names Emma Wood as the caller.", "Emma Wood"),
    ("Police spoke to Victoria Hughes.", "Victoria Hughes"),
    ("On Friday Thomas Green came.", "Thomas Green"),
    ("The neighbour, Zoë Carter, rang.", "Zoë Carter"),
    ("PCSO Begum was there.", "PCSO Begum"),
    ("Judge Harper sat.", "Judge Harper"),
    ("Councillor Hall wrote.", "Councillor Hall"),
    ("Omar bin Rashid rang.", "Omar bin Rashid"),
    ("Mr O'Brien", "Mr O'Brien"),
    ("“Peter Marsh is here,” she says.", "Peter Marsh"),
    ("Ask Helen Foster.", "Helen Foster"),
    ("(Simon Webb)", "Simon Webb"),
    ("Sir Robert Mark led.", "Sir Robert Mark"),
)
NOBODY = (
    "Mr A and PC B meet Ms C.",
    "Ms G was afraid.",
    "She lives in Victoria Road.",
    "The Independent Office for Police Conduct",
    "Charlotte Street is quiet.",
    "Thames Valley Police asks Greater Manchester.",
    "Jane rings. Smith is away.",
    "St James Hospital",
    "On Friday Mr A rings. Chief Constable",
    "George Street, on Saturday",
    "Crown Prosecution Service",
    "Westmarch Police was told.",
    "The College of Policing has guidance.",
    "The Control Room is busy.",
    "In March PC B left.",
    "On Monday Mr A rang.",
    "PC B and DC C",
    "He lived off Heather Lane.",
    "The Amber Alert was raised.",
    "Officers went to Lee Valley.",
    "The James Cook ward",
    "St Thomas Hospital",
    "Mrs B",
    "Mr AB",
    "Ms X’s phone",
    "Sarah’s Law",
    "Clare’s Law",
    "Operation Holly",
    "Mary Seacole House",
    "the Martha Rule",
    "Max Hours",
    "in Victoria Coach Station",
    "Ruby Tuesday",
    "the Kelly Report",
    "Police Constable B",
    "Chief Constable of Westmarch",
    "Detective Inspector D",
    "Sergeant E and Inspector F",
    "Professional Standards Department",
    "Authorised Professional Practice",
    "Learning the Lessons",
    "Will PC B ring?",
    "May Day",
    "Mark Every",
    "The Inspector General",
    "PC World",
    "Dr A",
    "Acting Sergeant G",
    "Officer Safety Training",
    "Detective Training",
    "Sarah rang Mr B.",
    "Tell Sarah Police are coming.",
    "Sexual Offences Investigation Team",
    "the Detective Sergeant On duty",
    "Northern Ireland",
    "Public Protection Unit",
    "May PC B",
    "Care Quality Commission",
    "Mr A’s Mother",
    "DS H",
)


@pytest.mark.parametrize(("words", "name"), NAMED)
def test_a_person_named_in_full(words: str, name: str) -> None:
    assert names_in(words) == (name,)


@pytest.mark.parametrize("words", NOBODY)
def test_letters_places_and_offices_are_no_names(words: str) -> None:
    assert names_in(words) == ()


def test_each_person_is_told_once_with_what_to_write() -> None:
    words = "Then Sarah Jones rang. PC Smith knew Sarah Jones."
    assert told(named_in_full, the_module(text("t", words))) == [
        ("text", f"“{name}” looks like a person named in full: write a letter, such as Mr A")
        for name in ("Sarah Jones", "PC Smith")
    ]
    assert told(named_in_full, made_up()) == []


def test_the_same_surname_in_the_street_and_at_the_door() -> None:
    assert names_in("He waited in Lee Green.") == ()
    assert names_in("He waited for Lee Green.") == ("Lee Green",)
