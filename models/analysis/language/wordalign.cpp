#include "wordalign.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace arcscope
{
namespace
{

constexpr std::size_t mostCompared = 32;
constexpr std::size_t stem = 5; ///< letters

class Aligner
{
public:
    Aligner(const ClaimSentence& a, const ClaimSentence& b, WordAlignment& out)
        : m_a(a)
        , m_b(b)
        , m_out(out)
        , m_slope(static_cast<double>(b.tokens.size()) / static_cast<double>(std::max<std::size_t>(1, a.tokens.size())))
    {
        m_out.toB.assign(a.tokens.size(), -1);
        m_out.toA.assign(b.tokens.size(), -1);
    }

    void equalWords()
    {
        auto i = m_a.byKey.begin();
        auto j = m_b.byKey.begin();
        while (i != m_a.byKey.end() && j != m_b.byKey.end()) {
            const std::uint64_t left = m_a.tokens[*i].key;
            const std::uint64_t right = m_b.tokens[*j].key;
            if (left != right) {
                left < right ? ++i : ++j;
                continue;
            }
            const auto endOf = [left](auto from, const ClaimSentence& claim) {
                return std::find_if(from, claim.byKey.end(),
                                    [&](std::uint16_t at) { return claim.tokens[at].key != left; });
            };
            const auto endA = endOf(i, m_a);
            const auto endB = endOf(j, m_b);
            for (auto each = i; each != endA; ++each)
                takeNearest(*each, j, endB);
            i = endA;
            j = endB;
        }
    }

    void similarWords()
    {
        std::array<std::uint16_t, mostCompared> left{};
        std::array<std::uint16_t, mostCompared> right{};
        const std::size_t leftCount = unaligned(m_a, m_out.toB, left);
        const std::size_t rightCount = unaligned(m_b, m_out.toA, right);
        for (std::size_t i = 0; i < leftCount; ++i) {
            int best = -1;
            for (std::size_t j = 0; j < rightCount; ++j) {
                if (m_out.toA[right[j]] < 0 && similar(*m_a.tokens[left[i]].word, *m_b.tokens[right[j]].word) &&
                    (best < 0 || distance(left[i], right[j]) < distance(left[i], static_cast<std::size_t>(best))))
                    best = right[j];
            }
            if (best >= 0)
                join(left[i], static_cast<std::uint16_t>(best));
        }
    }

    void measure()
    {
        m_out.coverageA = coverage(m_a, m_out.toB);
        m_out.coverageB = coverage(m_b, m_out.toA);
    }

private:
    double distance(std::size_t i, std::size_t j) const
    {
        return std::abs(static_cast<double>(j) - static_cast<double>(i) * m_slope);
    }

    void join(std::uint16_t i, std::uint16_t j)
    {
        m_out.toB[i] = static_cast<std::int16_t>(j);
        m_out.toA[j] = static_cast<std::int16_t>(i);
    }

    template <typename Iterator>
    void takeNearest(std::uint16_t i, Iterator from, Iterator to)
    {
        // A word that stands there often ("the") is looked for among the first few.
        to = from + std::min<std::ptrdiff_t>(to - from, static_cast<std::ptrdiff_t>(mostCompared));
        auto best = to;
        for (auto each = from; each != to; ++each) {
            if (m_out.toA[*each] < 0 && (best == to || distance(i, *each) < distance(i, *best)))
                best = each;
        }
        if (best != to)
            join(i, *best);
    }

    static std::size_t unaligned(const ClaimSentence& claim, const std::vector<std::int16_t>& to,
                                 std::array<std::uint16_t, mostCompared>& out)
    {
        std::size_t count = 0;
        for (std::size_t i = 0; i < claim.tokens.size() && count < mostCompared; ++i) {
            if (to[i] < 0 && claim.tokens[i].content && claim.tokens[i].word)
                out[count++] = static_cast<std::uint16_t>(i);
        }
        return count;
    }

    static bool similar(const WordFacts& a, const WordFacts& b)
    {
        if (a.base.size() > stem && b.base.size() > stem &&
            std::string_view(a.base).substr(0, stem) == std::string_view(b.base).substr(0, stem))
            return !areOpposite(a, b);
        return (a.bits.meanings & b.bits.meanings) != 0 && a.id && b.id && lexicon().areSynonyms(*a.id, *b.id);
    }

    static double coverage(const ClaimSentence& claim, const std::vector<std::int16_t>& to)
    {
        std::size_t aligned = 0;
        for (std::size_t i = 0; i < claim.tokens.size(); ++i)
            aligned += claim.tokens[i].content && to[i] >= 0 ? 1u : 0u;
        return claim.contentCount == 0 ? 0 : static_cast<double>(aligned) / claim.contentCount;
    }

    const ClaimSentence& m_a;
    const ClaimSentence& m_b;
    WordAlignment& m_out;
    double m_slope;
};

} // namespace

void alignWords(const ClaimSentence& a, const ClaimSentence& b, WordAlignment& alignment)
{
    Aligner aligner(a, b, alignment);
    aligner.equalWords();
    aligner.similarWords();
    aligner.measure();
}

} // namespace arcscope
