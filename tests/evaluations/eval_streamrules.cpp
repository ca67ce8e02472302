// layers: core analysis Qt6::Core ALONE
// Counts how often rules about how streams come and end are right on invented ones. Prints the counts, and fails where
// the program tells others. "--show" prints what is wrong or missed, a rule's name only that of this one.
#include "inventedstream.h"
#include "ruletrial.h"

using namespace arcscope;
using namespace arcscope::evaluation;
using namespace arcscope::testing;

namespace
{

void stalls(Invention& in, bool stalled)
{
    Recorder stream(in);
    const bool slow = !stalled && in.dice.oneIn(2);
    if (slow) {
        for (int i = 0; i < 12; ++i) {
            stream.wait(in.dice.from(1'500, 2'500));
            stream.atOnce(sentence(in));
        }
    } else {
        stream.says(prose(in, 2, 5));
        stream.wait(stalled ? in.dice.from(1'500, 9'000) : in.dice.from(2, 5) * stream.pace());
        stream.says(prose(in, 2, 5));
    }
    stream.ends();
}

void repeats(Invention& in, bool loop)
{
    Recorder stream(in);
    if (!loop) {
        switch (in.dice.from(0, 2)) {
        case 0:
            for (int i = 0; i < 9; ++i)
                stream.says("| part " + std::to_string(i + 1) + " | " + in.number(1, 90) + " | in stock |\n");
            break;
        case 1:
            for (const char* day : {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"})
                stream.says(std::string("- ") + day + ": " + in.number(20, 90) + " minutes of practice\n");
            break;
        default: {
            const std::string chorus = "Row, row, row your " + in.thing() + "\nGently down the stream\n\n";
            for (int i = 0; i < 4; ++i)
                stream.says(sentence(in) + "\n" + sentence(in) + "\n" + chorus);
            break;
        }
        }
        stream.ends();
        return;
    }
    stream.says(prose(in, 1, 3));
    const std::string unit = in.dice.oneIn(3) ? sentence(in) + sentence(in) : sentence(in);
    for (long i = in.dice.from(5, 14); i > 0; --i)
        stream.says(unit);
    stream.ends(in.one({"stop", "length", "max_tokens"}));
}

void breaksOff(Invention& in, bool whole)
{
    Recorder stream(in);
    const std::string text = prose(in, 1, 4);
    if (!whole) {
        stream.says(
            text.substr(0, in.dice.oneIn(2) ? text.size() - 1 : text.size() / 2 + in.dice.next() % (text.size() / 3)));
        return; // and no more
    }
    stream.says(text);
    switch (in.dice.from(0, 2)) {
    case 0:
        stream.add(StreamEventKind::Error, "overloaded_error");
        break;
    case 1:
        stream.add(StreamEventKind::End, {});
        break;
    default:
        stream.ends(in.one({"stop", "max_tokens"}));
        break;
    }
}

/// Up to a byte within a sentence.
void looksCut(Invention& in)
{
    Recorder stream(in);
    const std::string text = prose(in, 2, 4);
    std::size_t at = 0;
    do
        at = text.size() / 2 + in.dice.next() % (text.size() / 2 - 4);
    while (std::isalpha(static_cast<unsigned char>(text[at - 1])) == 0 || text[at] == '.' || text[at] == ',');
    stream.says(text.substr(0, at));
    if (in.dice.oneIn(2)) // no word says why
        stream.add(StreamEventKind::End, {});
}
void looksWhole(Invention& in)
{
    Recorder stream(in);
    stream.says(prose(in, 1, 3));
    switch (in.dice.from(0, 3)) {
    case 0:
        stream.says("\n\n- " + in.thing() + "\n- two poles\n- " + in.item());
        break;
    case 1:
        stream.says("\n\nBest regards\n" + in.person());
        break;
    case 2:
        stream.says("\n\n```\nmake " + in.thing() + "\n```");
        break;
    default:
        break;
    }
    stream.ends();
}

void takesBackInWords(Invention& in, bool flips)
{
    Recorder stream(in);
    const std::string item = in.item();
    const std::string few = in.number(3, 40);
    const std::string more = in.number(50, 90);
    std::string first;
    std::string other;
    std::string aside;
    switch (in.dice.from(0, 4)) {
    case 0:
        first = "Yes. ";
        other = in.one({"Wait, the answer is no. ", "Actually, no. ", "Hmm, on second thought the answer is no. "});
        aside = "No file is left behind. ";
        break;
    case 1:
        first = "The " + item + " has " + few + " parts. ";
        other = in.one({"", "Actually, ", "Correction: ", "Wait, "});
        other += other.empty() || other[0] == 'C' ? "The " : "the ";
        other += item + " has " + more + " parts. ";
        aside = "The " + in.item() + " has " + more + " parts. ";
        break;
    case 2:
        first = "The " + item + " is waterproof. ";
        other = in.one({"No, wait. The ", "I was wrong. The ", "Let me correct that: the "}) + item +
                " is not waterproof. ";
        aside = "The " + in.item() + " is not waterproof. ";
        break;
    case 3:
        first = "You can return the " + item + " within " + few + " days. ";
        other = "Actually, you can return the " + item + " within " + more + " days. ";
        aside = "If it is a gift, you can return the " + item + " within " + more + " days. ";
        break;
    default:
        first = "The total is $" + few + ". ";
        other = "Let me recount. The total is $" + more + ". ";
        aside = "With delivery, the total is $" + more + ". ";
        break;
    }
    stream.says(prose(in, 0, 1) + first + prose(in, 1, 4) +
                (flips              ? other
                 : in.dice.oneIn(2) ? aside
                                    : "") +
                sentence(in));
    stream.ends();
}

template <void (*function)(Invention&, bool), bool fault>
void with(Invention& in)
{
    function(in, fault);
}

const std::set<std::string_view> brokenEnd{"stream.no_terminal", "stream.cut_off", "stop.cut_in_sentence",
                                           "json.truncated"};

const RuleRecipe recipes[] = {
    {"stream.stall", with<stalls, true>, with<stalls, false>},
    {"stream.loop", with<repeats, true>, with<repeats, false>},
    {"stream.no_terminal", with<breaksOff, false>, with<breaksOff, true>, brokenEnd},
    {"stream.cut_off", looksCut, looksWhole, brokenEnd},
    {"claim.flip", with<takesBackInWords, true>, with<takesBackInWords, false>, {"conflict.within_answer"}},
};

} // namespace

int main(int count, char** arguments)
{
    tryRules(recipes, "invented streams", 100, trialOptions(count, arguments));
    return summary();
}
