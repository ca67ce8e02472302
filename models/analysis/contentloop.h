// Text that repeats itself without end: the unit that comes again, from where, and how often.
#pragma once

#include "texttokens.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

struct LoopRules {
    std::size_t interval = 16;      ///< tokens between two looks at the tail for exact loops
    std::size_t driftInterval = 64; ///< the same for drifting ones; a multiple of it
    std::size_t repeats = 3;        ///< at least; the last one has to be whole
    std::size_t exactPeriod = 400;  ///< tokens, at most
    std::size_t exactTokens = 24;   ///< the repeats have together, at least
    std::size_t driftPeriod = 120;
    std::size_t driftTokens = 36;  ///< that are compared with those one period before, at least
    double driftMismatches = 0.12; ///< share of these that may differ
    double driftWords = 0.55;      ///< share of the tokens of a drifting unit that are words, at least
    double manyRepeats = 0.5;      ///< repeatedShare from here on confirms
    /// Novelty up to here confirms. On prose that runs into loops of 20 to 150 bytes it says the same as a ratio of
    /// zlib below 0.22 for 667 of 675 texts; prose alone has at least 0.35.
    double littleNovelty = 0.25;
};

/// A stretch of a text. Tokens are those of TokenSplitter, bytes those of the text, both from 0.
struct ContentLoop {
    bool exact = true;     ///< false: digits differ between the repeats, or a few words
    std::int64_t from = 0; ///< first byte of the first repeat
    std::int64_t to = 0;   ///< behind the last byte of the last one, which may be begun only
    std::int64_t firstToken = 0;
    std::int64_t tokens = 0;
    std::int64_t period = 0;      ///< tokens of the unit
    std::int64_t periodBytes = 0; ///< of the first unit, with the space behind it
    std::int64_t seenWith = 0;    ///< the loop showed as soon as the bytes in front of this one were there
    std::string unit;             ///< the first one, at most 4,000 bytes of it
    double repeatedShare = 0;     ///< of the 8-grams of the last 300 tokens, those that came before among them
    double novelty = 1;           ///< of the last 1,200 bytes, see novelty()
    bool confirmed = false;       ///< by one of the two: the tail as a whole repeats itself, not just its end

    double repeats() const { return period > 0 ? static_cast<double>(tokens) / static_cast<double>(period) : 0; }
};

/// Looks for loops at the end of a text while it grows, at intervals and at finish(). Exact ones are looked for more
/// often, so that those which end by themselves are not missed between two looks.
///
/// Exact: the smallest period of the tail by the z-function of its reversal (Gusfield 1997, §1.3-1.4). Drifting: the
/// smallest period at which the shapes of the tokens (digits masked) differ from those one period before in few places;
/// a word put in or left out counts once. Units without letters are none, and blocks of code and rows of tables are one
/// token each (TokenSplitter). Records with names and values, as lists of goods or flights, repeat by their nature and
/// are no drifting loops: fewer of their tokens are words.
///
/// Where a loop is found again with the next look it becomes longer; where it is not it has ended.
///
/// A look costs the same however long the text is: exact O(1,600); drifting O(120 · 240), and once more over the tokens
/// that are kept where it finds one. Text of a megabyte takes 0.3 s, 1 s at worst. Memory is that of the last 8,192
/// tokens at most and of their text.
class LoopFinder
{
public:
    explicit LoopFinder(const LoopRules& rules = {})
        : m_rules(rules)
    {
    }

    void feed(std::string_view piece);
    void finish();
    /// In the order of the text. The last one may still grow.
    const std::vector<ContentLoop>& loops() const { return m_loops; }
    /// Tokens that are whole.
    std::int64_t tokens() const { return m_dropped + static_cast<std::int64_t>(m_tokens.size()); }

private:
    struct Tail {
        std::size_t period = 0; ///< 0: there is no loop
        std::size_t tokens = 0; ///< from its beginning to the end of the text
        std::size_t behind = 0; ///< of these, the last ones that are no part of it any more
        bool exact = true;
    };

    void look(bool forDrift);
    bool continues(const Tail& tail) const;
    Tail exactTail() const;
    Tail driftingTail() const;
    Tail driftingTail(std::size_t period) const;
    bool isProse(std::size_t period) const;
    void begin(const Tail& tail);
    void goOn(const Tail& tail);
    bool repeats(std::int64_t index, std::int64_t period, bool exact) const;
    void endLoop();
    void measure(ContentLoop& loop) const;
    bool hasLetters(std::size_t period) const;
    const TextToken& token(std::int64_t index) const { return m_tokens[static_cast<std::size_t>(index - m_dropped)]; }
    std::string_view text(std::int64_t from, std::int64_t to) const;
    void drop();

    LoopRules m_rules;
    TokenSplitter m_splitter;
    std::string m_text;              ///< from byte m_textAt on
    std::vector<TextToken> m_tokens; ///< from token m_dropped on
    std::int64_t m_textAt = 0;
    std::int64_t m_dropped = 0;
    std::int64_t m_looked = 0; ///< tokens at the last look
    bool m_running = false;    ///< the last of m_loops was there at the last look
    std::vector<ContentLoop> m_loops;
};

/// Of a whole text.
std::vector<ContentLoop> findLoops(std::string_view text, const LoopRules& rules = {});

/// How much of a text is new, from nearly 0 (one thing again and again) to about 1: the cost of a greedy parse into
/// copies of what stands before (LZ77; Ziv and Lempel 1977) by its size, where a byte costs 1 and a copy of 4 bytes or
/// more 3. It stands for the ratio of a compressor, without one. O(n · 32).
double novelty(std::string_view text);

} // namespace arcscope
