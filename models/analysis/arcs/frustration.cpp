// Words of a user that tell of frustration, scored as VADER scores feelings (Hutto and Gilbert 2014): what is denied
// counts the other way, "very", capitals and exclamation marks count more.
#include "frustrationwords.h"
#include "signalfinders.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <unordered_map>

namespace arcscope
{

const DetectorSetting frustrationScore{"arc.frustration_score",
                                       "score",
                                       0.5,
                                       0.1,
                                       1,
                                       "From which score (0 to 1) words of a user are a signal of frustration."};

namespace
{

// VADER's constants.
constexpr double capitals = 0.733;
constexpr double exclamation = 0.292;
constexpr std::ptrdiff_t mostExclamations = 4;
constexpr double normal = 15;     ///< of s / sqrt(s² + normal)
constexpr std::size_t nearby = 3; ///< words before, in which negations and boosters are looked for

constexpr std::size_t mostWords = 150; ///< a longer turn tells of other things, too

/// Phrases by their first word.
using Index = std::unordered_map<std::string_view, std::vector<const FrustrationWord*>>;
const Index& phrases()
{
    static const Index index = [] {
        Index made;
        for (const FrustrationWord& each : frustrationWords())
            made[each.phrase.substr(0, each.phrase.find(' '))].push_back(&each);
        for (auto& [first, list] : made)
            std::ranges::stable_sort(list, [](const FrustrationWord* a, const FrustrationWord* b) {
                return a->phrase.size() > b->phrase.size();
            });
        return made;
    }();
    return index;
}

bool negates(std::string_view word)
{
    constexpr auto all = std::to_array<std::string_view>({"not", "no", "never", "isn't", "wasn't", "aren't", "don't",
                                                          "doesn't", "didn't", "without", "hardly", "nobody", "nothing",
                                                          "won't", "wouldn't", "ain't", "nor", "neither"});
    return std::ranges::find(all, word) != all.end();
}

std::vector<std::string_view> wordsOf(std::string_view plain)
{
    std::vector<std::string_view> words;
    for (std::size_t at = 1; at < plain.size();) {
        const std::size_t end = plain.find(' ', at);
        words.push_back(plain.substr(at, end - at));
        at = end + 1;
    }
    return words;
}

bool isShouted(std::string_view text)
{
    const auto upper = std::ranges::count_if(text, [](char c) { return c >= 'A' && c <= 'Z'; });
    const auto small = std::ranges::count_if(text, [](char c) { return c >= 'a' && c <= 'z'; });
    return upper >= 3 && small == 0;
}

struct Scored {
    double sum = 0;
    std::vector<TextRange> words;
    std::string told;
};

void score(const SpokenSentence& sentence, std::string_view text, bool mixedCase, Scored& into)
{
    const std::vector<std::string_view> words = wordsOf(sentence.plain);
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto known = phrases().find(words[i]);
        if (known == phrases().end())
            continue;
        const std::string_view rest =
            std::string_view(sentence.plain).substr(static_cast<std::size_t>(words[i].data() - sentence.plain.data()));
        for (const FrustrationWord* each : known->second) {
            if (!rest.starts_with(each->phrase) || rest[each->phrase.size()] != ' ')
                continue;
            double weight = each->weight;
            bool denied = false;
            for (std::size_t back = 1; back <= nearby && back <= i; ++back) {
                denied = denied || negates(words[i - back]);
                const double fading = back == 1 ? 1 : back == 2 ? 0.95 : 0.9; // VADER's
                weight += boostOf(words[i - back]) * fading;
            }
            if (denied)
                break; // "not angry" says nothing of it
            const auto places = placesOf(sentence.range.of(text), each->phrase);
            for (const TextRange& place : places) {
                const TextRange range{sentence.range.from + place.from, sentence.range.from + place.to};
                const bool isNew = std::ranges::none_of(
                    into.words, [&](const TextRange& other) { return range.from < other.to && other.from < range.to; });
                if (!isNew)
                    continue;
                into.sum += weight + (mixedCase && isShouted(range.of(text)) ? capitals : 0);
                into.words.push_back(range);
                into.told += std::string(into.told.empty() ? "" : ", ") + "“" + std::string(range.of(text)) + "”";
                break;
            }
            break;
        }
    }
}

constexpr auto rules = std::to_array<TurnSignalRule>({
    {"frustration.words", TurnSignalKind::Frustration,
     "Words of a user tell of frustration: a signal of words, not of what he feels, or why.",
     "User: Fix the lamp.\nAssistant: Which lamp?\nUser: This is really frustrating, I already told you!",
     "User: Fix the lamp.\nAssistant: Sorry.\nUser: No worries, I'm not frustrated."},
});

} // namespace

SignalRules frustrationRules()
{
    return rules;
}

void findFrustration(const TalkBefore& before, const SpokenTurn& said, Signals& into)
{
    if (!said.english || said.document || said.words > mostWords)
        return;
    const std::string_view text = said.text().substr(0, mostSpokenBytes);
    const bool mixedCase = std::ranges::any_of(text, [](char c) { return c >= 'a' && c <= 'z'; });
    Scored scored;
    for (const SpokenSentence& sentence : said.sentences)
        score(sentence, text, mixedCase, scored);
    if (scored.words.empty())
        return;
    const auto marks = std::min(mostExclamations, std::ranges::count(text, '!'));
    const double sum = scored.sum + exclamation * static_cast<double>(marks);
    const double value = sum / std::sqrt(sum * sum + normal);
    if (value < before.settings.of(frustrationScore))
        return;
    TurnSignal& signal = into.emplace_back();
    signal.kind = TurnSignalKind::Frustration;
    signal.turn = said.at;
    signal.strength = value;
    signal.rule = "frustration.words";
    signal.words = std::move(scored.words);
    std::ranges::sort(signal.words, {}, &TextRange::from);
    char number[16];
    std::snprintf(number, sizeof number, "%.2f", value);
    signal.why = "words " + scored.told + ": score " + number + " of 1";
}

} // namespace arcscope
