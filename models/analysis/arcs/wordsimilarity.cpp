#include "wordsimilarity.h"

#include <algorithm>

namespace arcscope
{
namespace
{

constexpr double asSynonym = 0.85;
constexpr double asStem = 0.85;
constexpr std::size_t stem = 5; ///< letters

/// One letter is missing, too many, another one, or changed places with its neighbour.
bool isSlip(std::string_view a, std::string_view b)
{
    if (a.size() > b.size())
        std::swap(a, b);
    if (a.size() < stem || b.size() - a.size() > 1)
        return false;
    const auto front = static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
    const std::string_view restA = a.substr(front);
    const std::string_view restB = b.substr(front);
    if (a.size() < b.size())
        return restA == restB.substr(1);
    if (restA.size() < 2)
        return true;
    const bool swapped = restA[0] == restB[1] && restA[1] == restB[0] && restA.substr(2) == restB.substr(2);
    return swapped || restA.substr(1) == restB.substr(1);
}

double weighedMean(std::span<const WeighedWord> words, const std::vector<WordSimilarity::Best>& best)
{
    double sum = 0;
    double all = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
        sum += words[i].weight * best[i].score;
        all += words[i].weight;
    }
    return all > 0 ? sum / all : 0;
}

} // namespace

void weighWords(const ClaimSentence& claim, std::vector<WeighedWord>& into)
{
    const auto from = static_cast<std::size_t>(claim.from);
    for (const ClaimToken& token : claim.tokens) {
        if (into.size() >= mostWeighedWords)
            return;
        if (!token.content)
            continue;
        WeighedWord& word = into.emplace_back();
        word.word = token.word;
        word.key = token.key;
        word.range = {from + token.from, from + token.to};
        if (token.word && token.word->id)
            word.weight = lexicon().rarity(*token.word->id);
    }
}

double closeness(const WeighedWord& a, const WeighedWord& b)
{
    if (a.key == b.key)
        return 1;
    if (!a.word || !b.word)
        return 0;
    const std::string_view left = a.word->base;
    const std::string_view right = b.word->base;
    if (areOpposite(*a.word, *b.word))
        return 0;
    if (left.size() > stem && right.size() > stem && left.substr(0, stem) == right.substr(0, stem))
        return asStem;
    if (a.word->id && b.word->id) {
        const bool may = (a.word->bits.meanings & b.word->bits.meanings) != 0;
        return may && lexicon().areSynonyms(*a.word->id, *b.word->id) ? asSynonym : 0;
    }
    return isSlip(left, right) ? asStem : 0;
}

WordSimilarity similarityOf(std::span<const WeighedWord> a, std::span<const WeighedWord> b)
{
    WordSimilarity found;
    found.ofA.resize(a.size());
    found.ofB.resize(b.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
        for (std::size_t j = 0; j < b.size(); ++j) {
            const double score = closeness(a[i], b[j]);
            if (score > found.ofA[i].score)
                found.ofA[i] = {j, score};
            if (score > found.ofB[j].score)
                found.ofB[j] = {i, score};
        }
    }
    found.value = (weighedMean(a, found.ofA) + weighedMean(b, found.ofB)) / 2;
    return found;
}

} // namespace arcscope
