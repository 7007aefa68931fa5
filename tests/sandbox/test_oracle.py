"""The oracle: every type compiles, and what isn't the Bot API's is found."""

from typing import Any

import pytest

from sandbox.methods import METHODS
from sandbox.oracle import ORACLE, MismatchError

MESSAGE: dict[str, Any] = {"message_id": 1, "date": 2, "chat": {"id": 3, "type": "private"}}


def test_all_methods_and_types_compile_and_refuse_nonsense() -> None:
    for method in ORACLE.methods.values():
        for check in method.parameters.values():
            with pytest.raises(MismatchError):
                check(object())
        with pytest.raises(MismatchError):
            method.result(object())


def test_every_method_built_is_one_telegram_has() -> None:
    assert {name.lower() for name in METHODS} <= ORACLE.methods.keys()


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({**MESSAGE, "message_id": "1"}, "message_id: must be of type Integer"),
        ({**MESSAGE, "message_id": True}, "message_id: must be of type Integer"),
        ({**MESSAGE, "texts": "x"}, 'Message has no field "texts"'),
        ({"message_id": 1, "date": 2}, 'Message needs the field "chat"'),
        ({**MESSAGE, "is_topic_message": False}, "is_topic_message: must be True"),
        (
            {**MESSAGE, "entities": [{"type": "bold", "offset": 0}]},
            'entities[0]: MessageEntity needs the field "length"',
        ),
        ({**MESSAGE, "reply_to_message": {**MESSAGE, "text": 5}}, "reply_to_message.text: must be of type String"),
        ({**MESSAGE, "photo": {}}, "photo: must be of type Array"),
        ([], "must be a Message"),
    ],
)
def test_what_goes_out_is_exact(wrong: Any, problem: str) -> None:
    with pytest.raises(MismatchError) as caught:
        ORACLE.compile("Message", incoming=False)(wrong)
    assert str(caught.value) == problem


def test_one_of_several_types_is_told_by_its_tag() -> None:
    check = ORACLE.compile("ChatMember", incoming=False)
    user = {"id": 1, "is_bot": False, "first_name": "A"}
    check({"status": "creator", "user": user, "is_anonymous": False})
    check({"status": "kicked", "user": user, "until_date": 0})
    with pytest.raises(MismatchError, match="status: must be one of administrator, creator, kicked, left"):
        check({"status": "owner", "user": user})
    scope = ORACLE.compile("BotCommandScope", incoming=True)
    assert scope({"type": "chat", "chat_id": "-5"}) == {"type": "chat", "chat_id": -5}
    with pytest.raises(MismatchError, match='needs the field "chat_id"'):
        scope({"type": "chat_administrators"})


def test_what_comes_in_is_meant_kindly() -> None:
    assert ORACLE.compile("Integer", incoming=True)("12") == 12
    assert ORACLE.compile("Integer", incoming=True)(12.0) == 12
    assert ORACLE.compile("Integer or String", incoming=True)("-100") == -100
    assert ORACLE.compile("Integer or String", incoming=True)("@here") == "@here"
    assert ORACLE.compile("Float", incoming=True)("1.5") == 1.5
    with pytest.raises(MismatchError):
        ORACLE.compile("Float", incoming=True)("x")
    with pytest.raises(MismatchError):
        ORACLE.compile("Float", incoming=False)("1.5")
