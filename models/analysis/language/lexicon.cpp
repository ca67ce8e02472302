#include "lexicon.h"

#include "lexiconform.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <utility>

// NOLINTNEXTLINE(hicpp-no-assembler): the table is made while the program is built and lies in it as it is.
asm(".section .rodata\n"
    ".balign 4\n"
    ".global arcscopeLexiconBegin\n"
    "arcscopeLexiconBegin:\n"
    ".incbin \"" ARCSCOPE_LEXICON "\"\n"
    ".global arcscopeLexiconEnd\n"
    "arcscopeLexiconEnd:\n"
    ".byte 0\n"
    ".previous\n");
extern "C" const unsigned char arcscopeLexiconBegin[];
extern "C" const unsigned char arcscopeLexiconEnd[];

namespace arcscope
{
namespace
{

using lexiconform::Section;

constexpr std::size_t noun = 0;
constexpr std::size_t verb = 1;
constexpr std::size_t adjective = 2;

/// An ending, what stands for it in the base form, and the part of speech of that.
struct Ending {
    std::string_view ending;
    std::string_view base;
    std::size_t part;
};
// The rules of detachment of WordNet's morphology (morphy(7)), verbs first: forms of verbs are taken for verbs.
constexpr auto endings = std::to_array<Ending>({
    {"ies", "y", verb},    {"es", "e", verb},      {"es", "", verb},       {"s", "", verb},
    {"ed", "e", verb},     {"ed", "", verb},       {"ing", "e", verb},     {"ing", "", verb},
    {"ies", "y", noun},    {"ches", "ch", noun},   {"shes", "sh", noun},   {"ses", "s", noun},
    {"xes", "x", noun},    {"zes", "z", noun},     {"s", "", noun},        {"men", "man", noun},
    {"er", "", adjective}, {"est", "", adjective}, {"er", "e", adjective}, {"est", "e", adjective},
});

constexpr std::size_t shortestStem = 3;

/// Forms that are neither irregular in WordNet's sense nor long enough for the rules.
constexpr auto shortForms = std::to_array<std::pair<std::string_view, std::string_view>>({{"does", "do"},
                                                                                          {"goes", "go"},
                                                                                          {"doing", "do"},
                                                                                          {"going", "go"},
                                                                                          {"dies", "die"},
                                                                                          {"lies", "lie"},
                                                                                          {"ties", "tie"}});

/// Senses that count where words are compared.
constexpr std::size_t frequentSenses = 2;

/// Of pairs of numbers, sorted: where those begin with `key`.
std::size_t lowerPair(std::span<const std::uint32_t> pairs, std::uint32_t key)
{
    std::size_t low = 0;
    std::size_t high = pairs.size() / 2;
    while (low < high) {
        const std::size_t middle = (low + high) / 2;
        if (pairs[2 * middle] < key)
            low = middle + 1;
        else
            high = middle;
    }
    return 2 * low;
}

bool hasPair(std::span<const std::uint32_t> pairs, std::uint32_t a, std::uint32_t b)
{
    for (std::size_t i = lowerPair(pairs, a); i < pairs.size() && pairs[i] == a; i += 2) {
        if (pairs[i + 1] == b)
            return true;
    }
    return false;
}

std::optional<std::uint32_t> secondOf(std::span<const std::uint32_t> pairs, std::uint32_t first)
{
    const std::size_t at = lowerPair(pairs, first);
    return at < pairs.size() && pairs[at] == first ? std::optional(pairs[at + 1]) : std::nullopt;
}

/// The most frequent senses of a part of speech.
std::span<const std::uint32_t> frequent(std::span<const std::uint32_t> senses, std::size_t part)
{
    const auto is = [part](std::uint32_t id) { return lexiconform::partOfSynset(id) == part; };
    const auto first = std::find_if(senses.begin(), senses.end(), is);
    const auto last = std::find_if_not(first, senses.end(), is);
    return {first, first + std::min<std::ptrdiff_t>(last - first, frequentSenses)};
}

/// One of 64 bits, spread as a multiplicative hash does.
std::uint64_t bitOf(std::uint32_t number)
{
    return std::uint64_t(1) << (number * 2654435769u >> 26u);
}

/// The seconds of all pairs whose first one is `key`.
std::uint64_t bitsOfPairs(std::span<const std::uint32_t> pairs, std::uint32_t key)
{
    std::uint64_t bits = 0;
    for (std::size_t i = lowerPair(pairs, key); i < pairs.size() && pairs[i] == key; i += 2)
        bits |= bitOf(pairs[i + 1]);
    return bits;
}

} // namespace

const Lexicon& lexicon()
{
    static const Lexicon table(
        {arcscopeLexiconBegin, static_cast<std::size_t>(arcscopeLexiconEnd - arcscopeLexiconBegin)});
    return table;
}

Lexicon::Lexicon(std::span<const unsigned char> table)
{
    static_assert(std::size(decltype(m_sections){}) == static_cast<std::size_t>(Section::Count));
    // Aligned and little endian, as the compiler of the table wrote it for this very machine.
    const auto* numbers = reinterpret_cast<const std::uint32_t*>(table.data());
    assert(*numbers == lexiconform::magic);
    ++numbers;
    for (Numbers& section : m_sections) {
        section = {numbers + 1, *numbers};
        numbers += 1 + section.size();
    }
    m_bytes = {reinterpret_cast<const char*>(numbers),
               table.size() - static_cast<std::size_t>(reinterpret_cast<const unsigned char*>(numbers) - table.data())};
}

std::string_view Lexicon::between(Numbers starts, std::size_t index) const
{
    return m_bytes.substr(starts[index], starts[index + 1] - starts[index]);
}

std::string_view Lexicon::text(WordId word) const
{
    return between(section(Section::WordStarts), word);
}

std::optional<WordId> Lexicon::find(std::string_view word) const
{
    const Numbers starts = section(Section::WordStarts);
    std::size_t low = 0;
    std::size_t high = starts.size() - 1;
    while (low < high) {
        const std::size_t middle = (low + high) / 2;
        if (between(starts, middle) < word)
            low = middle + 1;
        else
            high = middle;
    }
    if (low + 1 >= starts.size() || between(starts, low) != word)
        return std::nullopt;
    return static_cast<WordId>(low);
}

Lexicon::Numbers Lexicon::senses(WordId word) const
{
    const Numbers starts = section(Section::SenseStarts);
    return section(Section::Senses).subspan(starts[word], starts[word + 1] - starts[word]);
}

double Lexicon::rarity(WordId word) const
{
    const Numbers ranks = section(Section::Ranks);
    const auto rank = secondOf(ranks, word);
    return rank ? std::log(1.0 + *rank) / std::log(1.0 + static_cast<double>(ranks.size() / 2)) : 1.0;
}

bool Lexicon::hasPart(WordId word, std::size_t part) const
{
    return !frequent(senses(word), part).empty();
}

bool Lexicon::isWordOfPart(std::string_view word, std::size_t part) const
{
    const auto id = find(word);
    return id && hasPart(*id, part);
}

std::string Lexicon::strippedForm(std::string_view word) const
{
    for (const Ending& rule : endings) {
        if (!word.ends_with(rule.ending) || word.size() < rule.ending.size() + shortestStem - rule.base.size())
            continue;
        std::string base(word.substr(0, word.size() - rule.ending.size()));
        base += rule.base;
        const bool hissing = base.ends_with('s') || base.ends_with('x') || base.ends_with('z') || base.ends_with('o') ||
                             base.ends_with("ch") || base.ends_with("sh");
        if (rule.ending == "es" && rule.base.empty() && !hissing)
            continue; // "goes", but "nodes" is no form of "nod"
        if (isWordOfPart(base, rule.part))
            return base;
        const std::size_t length = base.size();
        const bool doubled = rule.base.empty() && length > shortestStem && base[length - 1] == base[length - 2];
        base.pop_back(); // "stopped", "bigger"
        if (doubled && rule.part != noun && isWordOfPart(base, rule.part))
            return base;
    }
    return {};
}

std::string Lexicon::baseForm(std::string_view word) const
{
    const Numbers forms = section(Section::FormStarts);
    std::size_t low = 0;
    std::size_t high = forms.size() - 1;
    while (low < high) {
        const std::size_t middle = (low + high) / 2;
        if (between(forms, middle) < word)
            low = middle + 1;
        else
            high = middle;
    }
    if (low + 1 < forms.size() && between(forms, low) == word)
        return std::string(text(section(Section::FormLemmas)[low]));
    for (const auto& [form, base] : shortForms) {
        if (form == word)
            return std::string(base);
    }
    // "news", "always", "species" are words of their own, "flights" is not; "building" is taken for a form of "build".
    // But "stops" and "eggs" have a rare meaning of their own, too.
    if (const auto itself = word.ends_with('s') ? find(word) : std::nullopt) {
        constexpr std::size_t fewerMeanings = 3; // times as many as the base form
        const auto base = word.ends_with("ss") ? std::nullopt : find(word.substr(0, word.size() - 1));
        const bool rare = base && (hasPart(*base, noun) || hasPart(*base, verb)) &&
                          senses(*base).size() > fewerMeanings * senses(*itself).size();
        return std::string(rare ? text(*base) : word);
    }
    const bool compared = word.ends_with("er") || word.ends_with("est");
    if (compared && find(word)) // "after", "test", "paper"
        return std::string(word);
    std::string base = strippedForm(word);
    return base.empty() ? std::string(word) : base;
}

bool Lexicon::areOpposite(WordId a, WordId b) const
{
    if (hasPair(section(Section::Antonyms), a, b))
        return true;
    const Numbers heads = section(Section::Heads);
    const Numbers opposites = section(Section::HeadAntonyms);
    for (const std::uint32_t left : frequent(senses(a), adjective)) {
        for (const std::uint32_t right : frequent(senses(b), adjective)) {
            if (hasPair(opposites, secondOf(heads, left).value_or(left), secondOf(heads, right).value_or(right)))
                return true;
        }
    }
    return false;
}

WordBits Lexicon::bits(WordId word) const
{
    const Numbers heads = section(Section::Heads);
    WordBits bits;
    for (std::size_t part = 0; part < lexiconform::partCount; ++part) {
        for (const std::uint32_t sense : frequent(senses(word), part))
            bits.meanings |= bitOf(sense);
    }
    bits.itself = bitOf(word);
    bits.opposites = bitsOfPairs(section(Section::Antonyms), word);
    for (const std::uint32_t sense : frequent(senses(word), adjective)) {
        const std::uint32_t head = secondOf(heads, sense).value_or(sense);
        bits.itself |= bitOf(head);
        bits.opposites |= bitsOfPairs(section(Section::HeadAntonyms), head);
    }
    for (const std::uint32_t sense : frequent(senses(word), noun))
        bits.kinds |= bitsOfPairs(section(Section::Hypernyms), sense);
    return bits;
}

bool Lexicon::areSynonyms(WordId a, WordId b) const
{
    for (std::size_t part = 0; part < lexiconform::partCount; ++part) {
        const Numbers left = frequent(senses(a), part);
        const Numbers right = frequent(senses(b), part);
        if (std::find_first_of(left.begin(), left.end(), right.begin(), right.end()) != left.end())
            return true;
    }
    return false;
}

bool Lexicon::areSiblings(WordId a, WordId b) const
{
    if (a == b || areSynonyms(a, b))
        return false;
    const Numbers kinds = section(Section::Hypernyms);
    for (const std::uint32_t left : frequent(senses(a), noun)) {
        for (const std::uint32_t right : frequent(senses(b), noun)) {
            for (std::size_t i = lowerPair(kinds, left); i < kinds.size() && kinds[i] == left; i += 2) {
                if (hasPair(kinds, right, kinds[i + 1]))
                    return true;
            }
        }
    }
    return false;
}

bool Lexicon::leadsTo(Numbers pairs, std::uint32_t synset, Numbers targets, int steps)
{
    if (std::find(targets.begin(), targets.end(), synset) != targets.end())
        return true;
    for (std::size_t i = lowerPair(pairs, synset); steps > 0 && i < pairs.size() && pairs[i] == synset; i += 2) {
        if (leadsTo(pairs, pairs[i + 1], targets, steps - 1))
            return true;
    }
    return false;
}

bool Lexicon::isKindOf(WordId narrow, WordId wide) const
{
    constexpr int mostSteps = 4;
    const Numbers targets = frequent(senses(wide), noun);
    return std::ranges::any_of(frequent(senses(narrow), noun), [&](std::uint32_t sense) {
        return leadsTo(section(Section::Hypernyms), sense, targets, mostSteps);
    });
}

bool Lexicon::isPlaceWithin(WordId part, WordId whole) const
{
    constexpr int mostSteps = 6; // a quarter, a city, a state, a country, a part of a continent, the continent
    const Numbers wholes = section(Section::Wholes);
    return std::ranges::any_of(senses(part), [&](std::uint32_t sense) {
        return secondOf(wholes, sense) && leadsTo(wholes, sense, senses(whole), mostSteps);
    });
}

bool nameOnePlace(std::string a, std::string b)
{
    const auto wordOf = [](std::string& name) {
        std::ranges::replace(name, ' ', '_');
        return lexicon().find(name);
    };
    const auto left = wordOf(a);
    const auto right = left ? wordOf(b) : std::nullopt;
    return left && right && (lexicon().isPlaceWithin(*left, *right) || lexicon().isPlaceWithin(*right, *left));
}

} // namespace arcscope
