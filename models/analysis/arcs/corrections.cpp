// A user says that something is wrong: the answer, a value in it, or what he had said himself.
#include "signalfinders.h"

#include <algorithm>
#include <array>

namespace arcscope
{
namespace
{

constexpr std::size_t mostWords = 120; ///< of a turn that corrects

/// Said of the answer; nothing else needs to be seen.
constexpr std::string_view wrongCues =
    "that's wrong|that is wrong|this is wrong|that's incorrect|that is incorrect|this is incorrect|that's not right|"
    "that is not right|this is not right|this isn't right|that isn't right|that's not correct|that is not correct|"
    "that isn't correct|this is not correct|you're wrong|you are wrong|you got it wrong|you got that wrong|"
    "your answer is wrong|you made a mistake|you made an error|that's a mistake|not what i asked for|"
    "not what i wanted|not what i want|isn't what i wanted|isn't what i asked for|not what i meant|"
    "not what i said|you misunderstood|you've misunderstood|you misread|you changed the wrong|"
    "you picked the wrong|you used the wrong|you booked the wrong|you sent the wrong|wrong file|wrong one|"
    "that's not true|that is not true|that's not it|that's not the one|that's not the item|that's not the order|"
    "that's not the right|that is not the right|not the right one|that's not the file|that's not the product|"
    "that's not my";
/// What follows takes the place of what was understood.
constexpr std::string_view meantCues = "i meant|i actually meant|what i meant|i did mean|i said|i actually said|"
                                       "i wanted to say";
/// What was said is told again, and nothing is wrong with the answer.
constexpr std::string_view toldAgain = "as i said|like i said|i said yes|i said i|when i said|i said that i";
/// Only with a value that differs, in the same sentence: at its beginning, …
constexpr std::string_view firstCues = "no|nope|not|actually|wait|sorry|oh no|oops|oh wait|correction|rather|i wanted";
/// … or anywhere.
constexpr std::string_view innerCues = "instead|wrong|incorrect|typo|mistyped|misspoke|mixed up|should be|"
                                       "should have been|should've been|isn't|wasn't|not";

struct Slot {
    const TypedValue* value = nullptr;
    TextRange range; ///< of the turn's text
};

void addSlots(const SpokenSentence& sentence, std::vector<Slot>& into)
{
    const auto from = static_cast<std::size_t>(sentence.claim.from);
    for (std::size_t i = 0; i < sentence.claim.values.size(); ++i) {
        const ClaimToken& token = sentence.claim.tokens[sentence.claim.valueTokens[i]];
        into.push_back({&sentence.claim.values[i], {from + token.from, from + token.to}});
    }
}

std::vector<Slot> slotsOf(const SpokenTurn& said)
{
    std::vector<Slot> slots;
    for (const SpokenSentence& sentence : said.sentences)
        addSlots(sentence, slots);
    return slots;
}

bool stands(const std::vector<Slot>& slots, const TypedValue& value)
{
    return std::ranges::any_of(slots, [&](const Slot& slot) {
        return slot.value->type == value.type && (slot.value->unit == value.unit) && agree(*slot.value, value);
    });
}

/// The letters of an identifier, with 0 for each run of digits: "HAT052" and "HAT30" are both "hat0".
std::string shapeOf(std::string_view identifier)
{
    std::string shape;
    for (const char c : identifier) {
        const bool digit = c >= '0' && c <= '9';
        if (!digit || shape.empty() || shape.back() != '0')
            shape += digit ? '0' : c;
    }
    return shape;
}

/// Values of one kind with something to count or name by it: a bare "2" may be of anything, and so may an identifier of
/// another make.
bool comparable(const TypedValue& a, const TypedValue& b)
{
    if (a.type != b.type || a.unit != b.unit || a.range || b.range)
        return false;
    if (a.type == ValueType::Identifier)
        return shapeOf(a.text) == shapeOf(b.text);
    return a.type != ValueType::Cardinal || !a.unit.empty();
}

/// A value of the turn that the other lacks, of a type of which the other has just one that this one lacks or denies.
struct Differing {
    Slot now;
    Slot then;
};
std::optional<Differing> differing(const std::vector<Slot>& now, const std::vector<Slot>& then)
{
    for (const Slot& mine : now) {
        if (stands(then, *mine.value))
            continue;
        const Slot* found = nullptr;
        bool several = false;
        for (const Slot& other : then) {
            if (!comparable(*mine.value, *other.value) || agree(*mine.value, *other.value))
                continue;
            several = several || (found && !agree(*found->value, *other.value));
            found = &other;
        }
        const auto denied = std::ranges::find_if(now, [&](const Slot& slot) {
            return comparable(*slot.value, *mine.value) && !agree(*slot.value, *mine.value) &&
                   stands(then, *slot.value);
        });
        if (denied != now.end())
            return Differing{mine, *denied};
        if (found && !several)
            return Differing{mine, *found};
    }
    return std::nullopt;
}

/// The word with which the sentence corrects; empty: none.
std::string_view cueOf(const SpokenSentence& sentence)
{
    const std::string_view plain = sentence.plain;
    const std::string_view first = phraseIn(plain.substr(0, 16), firstCues);
    if (!first.empty() && plain.substr(1).starts_with(first))
        return first;
    const bool conditional = sentence.claim.hasClass(WordClass::Conditional);
    return conditional ? std::string_view() : phraseIn(plain, innerCues);
}

void addValue(const SpokenTurn& said, std::string_view cue, const Differing& slots, const SpokenTurn& earlier,
              bool denied, bool assistants, Signals& into)
{
    TurnSignal& signal = addSignal(TurnSignalKind::Correction, "correction.value", said, cue, into);
    signal.earlier = earlier.at;
    signal.words.push_back(slots.now.range);
    const std::string_view then = slots.then.range.of(denied ? said.text() : earlier.text());
    if (!denied)
        signal.earlierWords.push_back(slots.then.range);
    signal.why = "“" + std::string(slots.now.range.of(said.text())) + "” for “" + std::string(then) + "”, which " +
                 (assistants ? "the assistant" : "the user") + " had said";
}

/// Stands at once behind the word: "not the 14th".
bool isDeniedBy(std::string_view cue, const Slot& slot, const SpokenTurn& said)
{
    constexpr std::size_t near = 12; // bytes
    const auto places = placesOf(said.text().substr(0, slot.range.from), cue);
    return !places.empty() && slot.range.from - places.back().to <= near;
}

/// Said with a value, these choose as well as they correct: "Actually, the 17th would be good."
constexpr std::string_view choosing = "no|nope|not|actually|rather|sorry|instead|i wanted";

/// The assistant offers or asks, and the user answers with what nobody spoke of before: that is a choice.
bool isChoice(const TalkBefore& before, std::string_view cue, const Slot& now)
{
    const bool asked = before.answer && asksForAnswer(*before.answer);
    return asked && !phraseIn(" " + std::string(cue) + " ", choosing).empty() &&
           std::ranges::none_of(before.users,
                                [&](const SpokenTurn& turn) { return stands(slotsOf(turn), *now.value); });
}

bool findValue(const TalkBefore& before, const SpokenTurn& said, Signals& into)
{
    for (const SpokenSentence& sentence : said.sentences) {
        const std::string_view cue = cueOf(sentence);
        std::vector<Slot> now;
        if (!cue.empty())
            addSlots(sentence, now);
        if (now.empty())
            continue;
        const SpokenTurn* const earlier[] = {before.answer ? &*before.answer : nullptr,
                                             before.users.empty() ? nullptr : &before.users.back()};
        for (const SpokenTurn* each : earlier) {
            const auto slots = each ? differing(now, slotsOf(*each)) : std::nullopt;
            if (!slots)
                continue;
            const bool denied =
                std::ranges::any_of(now, [&](const Slot& slot) { return slot.value == slots->then.value; });
            if (cue == "not" && !(denied && isDeniedBy(cue, slots->then, said)))
                continue; // "not sure", "not water-resistant"
            if (!denied && each == earlier[0] && isChoice(before, cue, slots->now))
                continue;
            addValue(said, cue, *slots, *each, denied, each == earlier[0], into);
            return true;
        }
    }
    return false;
}

constexpr auto rules = std::to_array<TurnSignalRule>({
    {"correction.value", TurnSignalKind::Correction,
     "A user says no, not, actually, instead or the like, with a value that differs from the assistant's, or from his "
     "own in his last turn.",
     "User: Book a table for Friday.\nAssistant: I booked a table for Saturday.\nUser: No, for Friday please.",
     "User: Book a table for Friday.\nAssistant: I booked a table for Friday.\nUser: Nice, Friday, not a day too "
     "late."},
    {"correction.wrong", TurnSignalKind::Correction, "A user says of the answer that it is wrong.",
     "User: When did it open?\nAssistant: In 1990.\nUser: That's not correct.",
     "User: Something is wrong with my lamp.\nAssistant: What is it?\nUser: The wrong bulb was in the box."},
    {"correction.meant", TurnSignalKind::Correction, "A user says what he had meant, or what it should be.",
     "User: Show me the red one.\nAssistant: Here is the dark red one.\nUser: I meant the bright red one.",
     "User: Show me the red one.\nAssistant: Here it is.\nUser: That is the one that was meant for me."},
});

} // namespace

SignalRules correctionRules()
{
    return rules;
}

void findCorrection(const TalkBefore& before, const SpokenTurn& said, Signals& into)
{
    if (!said.english || said.document || said.words > mostWords || before.lastOther == noTurn)
        return;
    if (findValue(before, said, into))
        return;
    for (const auto& [rule, cues, why] :
         {std::array<std::string_view, 3>{"correction.wrong", wrongCues, "says of the answer that it is wrong"},
          std::array<std::string_view, 3>{"correction.meant", meantCues, "says what was meant"}}) {
        const std::string_view cue = phraseIn(said.plain, cues);
        if (cue.empty() || (rule == "correction.meant" && !phraseIn(said.plain, toldAgain).empty()))
            continue;
        TurnSignal& signal = addSignal(TurnSignalKind::Correction, rule, said, cue, into);
        signal.earlier = before.answer ? before.answer->at : before.lastOther;
        signal.why = why;
        return;
    }
}

} // namespace arcscope
