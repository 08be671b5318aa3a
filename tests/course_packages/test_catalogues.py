"""The catalogues that the tool offers are complete, and point to what there is."""

from tests.course_packages.sources import by_id, load

MEASURES = by_id("measures")


def test_there_are_fifteen_measures_each_with_who_for_whom_when_and_why() -> None:
    assert list(MEASURES) == [f"m{number:02}" for number in range(1, 16)]
    for measure in MEASURES.values():
        assert measure["who_leads"]
        assert measure["for_whom"]
        assert measure["when"]
        assert measure["why"]
        assert measure["hours"]
        assert len(measure["watch_for"]) >= 2
        assert "argu" in measure["adapt"].lower()


def test_measures_are_of_each_place_meeting_and_effort() -> None:
    assert {measure["place"] for measure in MEASURES.values()} == {"school", "home", "both"}
    assert {place for measure in MEASURES.values() for place in measure["meets"]} == {"school", "informal", "home"}
    assert {measure["effort"] for measure in MEASURES.values()} == {"low", "medium", "high"}


def test_there_are_fourteen_principles_on_meanings_contexts_and_forms() -> None:
    principles = by_id("principles")
    assert list(principles) == [f"p{number:02}" for number in range(1, 15)]
    assert [entry["group"] for entry in principles.values()] == ["meaning"] * 3 + ["context"] * 4 + ["form"] * 7
    assert all(entry["question"].endswith("?") for entry in principles.values())


def test_the_self_check_asks_for_nine_skills_and_six_goals_on_five_levels() -> None:
    skills = load("skills")
    assert (len(skills["skills"]), len(skills["goals"]), len(skills["levels"])) == (9, 6, 5)
    assert all(entry["can"].startswith("I can ") for entry in skills["skills"] + skills["goals"])


def test_there_are_eight_methods_each_with_its_limits_its_steps_and_its_ethics() -> None:
    methods = by_id("methods")
    assert set(methods) == {
        "relational-map",
        "identity-box",
        "empathy-interview",
        "walking-interview",
        "survey",
        "photo-diary",
        "document-review",
        "focus-group",
    }
    for method in methods.values():
        assert method["good_for"]
        assert method["not_for"]
        assert len(method["steps"]) >= 4
        assert method["ethics"]
        assert "Composite" in method["example"]


def test_every_barrier_has_signs_and_responses_that_rest_on_measures() -> None:
    barriers = by_id("barriers")
    assert {"time", "language-culture", "bad-experience"} <= set(barriers)
    for barrier in barriers.values():
        assert len(barrier["signs"]) >= 2
        assert len(barrier["responses"]) >= 2
        for response in barrier["responses"]:
            assert response["measures"]
            assert set(response["measures"]) <= set(MEASURES)


def test_the_strategies_are_for_communication_decisions_and_welcome() -> None:
    assert {entry["group"] for entry in load("strategies")["strategies"]} == {"communication", "decisions", "welcome"}


def test_the_gate_says_what_must_be_answered_before_data_are_collected() -> None:
    ethics = load("ethics")
    must = {question["id"] for question in ethics["gate"] if question["must"]}
    assert {"purpose", "permission", "consent", "children", "harm", "safe-place", "deletion", "platform"} <= must
    assert all(question["question"].endswith("?") for question in ethics["gate"])
    assert {"adult-talk", "child", "pictures"} <= {consent["id"] for consent in ethics["consents"]}


def test_every_kind_of_platform_answers_every_question() -> None:
    platforms = load("platforms")
    questions = [question["id"] for question in platforms["questions"]]
    for kind in platforms["kinds"]:
        assert list(kind["answers"]) == questions


def test_every_channel_is_used_twice_to_learn_in_and_with_parents() -> None:
    for channel in load("channels")["channels"]:
        assert channel["learn_in"]
        assert channel["with_parents"]
        assert channel["misses"]


def test_the_goal_project_keeps_seven_principles_core_and_free_goals_and_its_rubric() -> None:
    project = load("goal_project")
    assert len(project["principles"]) == 7
    assert [goal["id"] for goal in project["goals"]] == ["core", "optional"]
    assert project["rubric"] in by_id("rubrics")
    assert {entry["place"] for entry in project["contributions"]} == {"school", "home", "both"}


def test_a_case_can_be_told_with_country_age_place_and_consent() -> None:
    assert {"country", "level", "area", "effects", "consent"} <= {field["id"] for field in load("case_form")["fields"]}
