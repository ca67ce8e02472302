#include "contentloop.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

namespace arcscope
{

namespace
{

constexpr std::size_t mostTokens = 8'192; // kept; half of them are dropped at a time
constexpr std::size_t shownUnit = 4'000;
constexpr std::size_t gram = 8;
constexpr std::size_t gramTokens = 300;
constexpr std::size_t fewestGrams = 40; // a share of fewer says nothing
constexpr std::size_t noveltyBytes = 1'200;

/// z[i]: how many values from i on are those from 0 on.
std::vector<std::size_t> zFunction(std::span<const std::uint64_t> values)
{
    std::vector<std::size_t> z(values.size(), 0);
    std::size_t left = 0;
    std::size_t right = 0;
    for (std::size_t i = 1; i < values.size(); ++i) {
        if (i < right)
            z[i] = std::min(right - i, z[i - left]);
        while (i + z[i] < values.size() && values[z[i]] == values[i + z[i]])
            ++z[i];
        if (i + z[i] > right) {
            left = i;
            right = i + z[i];
        }
    }
    return z;
}

double repeatedGrams(std::span<const TextToken> tokens)
{
    tokens = tokens.last(std::min(tokens.size(), gramTokens));
    if (tokens.size() < gram + fewestGrams)
        return 0;
    std::vector<std::uint64_t> grams;
    for (std::size_t i = 0; i + gram <= tokens.size(); ++i) {
        std::uint64_t hash = 0;
        for (std::size_t j = i; j < i + gram; ++j)
            hash = (hash + tokens[j].word) * 0x9E3779B97F4A7C15u;
        grams.push_back(hash);
    }
    const auto all = static_cast<double>(grams.size());
    std::ranges::sort(grams);
    const auto same = grams.end() - std::unique(grams.begin(), grams.end());
    return static_cast<double>(same) / all;
}

} // namespace

double novelty(std::string_view text)
{
    constexpr std::size_t least = 4;
    constexpr std::size_t tries = 32;
    constexpr double copyCost = 3;
    constexpr std::size_t none = std::string_view::npos;
    if (text.empty())
        return 1;
    std::array<std::size_t, 4096> last;
    last.fill(none);
    std::vector<std::size_t> before(text.size(), none);
    const auto key = [&](std::size_t at) {
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < least; ++i)
            value = value * 256 + static_cast<unsigned char>(text[at + i]);
        return (value * 2654435761u) >> 20u;
    };
    double cost = 0;
    std::size_t at = 0;
    while (at < text.size()) {
        std::size_t longest = 0;
        const bool mayCopy = at + least <= text.size();
        std::size_t candidate = mayCopy ? last[key(at)] : none;
        for (std::size_t i = 0; i < tries && candidate != none; ++i, candidate = before[candidate]) {
            std::size_t size = 0;
            while (at + size < text.size() && text[candidate + size] == text[at + size])
                ++size;
            longest = std::max(longest, size);
        }
        const std::size_t taken = longest >= least ? longest : 1;
        cost += longest >= least ? copyCost : 1;
        for (const std::size_t end = at + taken; at < end; ++at) {
            if (at + least <= text.size()) {
                before[at] = last[key(at)];
                last[key(at)] = at;
            }
        }
    }
    return cost / static_cast<double>(text.size());
}

void LoopFinder::feed(std::string_view piece)
{
    m_text += piece;
    std::vector<TextToken> found;
    m_splitter.feed(piece, found);
    const auto interval = static_cast<std::int64_t>(m_rules.interval);
    const auto driftInterval = static_cast<std::int64_t>(m_rules.driftInterval);
    for (const TextToken& token : found) {
        m_tokens.push_back(token);
        if (tokens() % interval == 0)
            look(tokens() % driftInterval == 0);
    }
}

void LoopFinder::finish()
{
    m_splitter.finish(m_tokens);
    look(true); // also where an exact one was looked for just now
}

void LoopFinder::look(bool forDrift)
{
    m_looked = tokens();
    Tail tail = exactTail();
    if (tail.period == 0 && !forDrift)
        return; // what is running may have begun to drift
    if (tail.period == 0)
        tail = driftingTail();
    if (tail.period == 0) {
        endLoop();
    } else if (continues(tail)) {
        goOn(tail);
    } else {
        endLoop();
        begin(tail);
    }
    drop();
}

/// Whether it overlaps the last loop, and by a whole unit where the units differ.
bool LoopFinder::continues(const Tail& tail) const
{
    if (m_loops.empty())
        return false;
    const ContentLoop& loop = m_loops.back();
    const std::int64_t from = m_looked - static_cast<std::int64_t>(tail.tokens);
    const auto period = static_cast<std::int64_t>(tail.period);
    return from + (period == loop.period ? 0 : period) <= loop.firstToken + loop.tokens;
}

LoopFinder::Tail LoopFinder::exactTail() const
{
    const std::size_t most = std::min(m_tokens.size(), m_rules.exactPeriod * (m_rules.repeats + 1));
    std::vector<std::uint64_t> words;
    words.reserve(most);
    for (std::size_t i = 0; i < most; ++i)
        words.push_back(m_tokens[m_tokens.size() - 1 - i].word);
    const std::vector<std::size_t> z = zFunction(words);
    for (std::size_t period = 1; period < most && period <= m_rules.exactPeriod; ++period) {
        const std::size_t covered = z[period] + period;
        if (covered >= std::max(period * m_rules.repeats, m_rules.exactTokens) && hasLetters(period))
            return {period, covered, 0, true};
    }
    return {};
}

/// Walks back from the end and from one period before it, side by side. Where they differ, the nearest place at which
/// two tokens agree again is taken, so that a word put in or left out is one mismatch and not all that follow. The
/// distance stays near the period.
LoopFinder::Tail LoopFinder::driftingTail(std::size_t period) const
{
    static constexpr std::pair<std::size_t, std::size_t> detours[] = {{1, 1}, {0, 1}, {1, 0}, {1, 2}, {2, 1},
                                                                      {0, 2}, {2, 0}, {2, 2}, {1, 3}, {3, 1}};
    const std::size_t count = m_tokens.size();
    const auto agree = [&](std::size_t a, std::size_t b) {
        return b < count && m_tokens[count - 1 - a].shape == m_tokens[count - 1 - b].shape;
    };
    const std::size_t compared = std::max(period * (m_rules.repeats - 1), m_rules.driftTokens);
    const auto mayDiffer = [&](std::size_t tokens) {
        return static_cast<std::size_t>(m_rules.driftMismatches * static_cast<double>(tokens));
    };
    const std::size_t slack = std::min<std::size_t>(4, period / 6);
    const auto nearPeriod = [&](std::size_t a, std::size_t b) {
        return b + slack >= a + period && b <= a + period + slack;
    };
    Tail tail;
    std::size_t mismatches = 0;
    std::size_t late = 0;
    std::size_t early = period;
    std::size_t unit = period; // as far as detours have shown
    // Where there are more mismatches than matches at the very end, the loop ended in front of them.
    std::int64_t score = 0;
    std::int64_t lowest = 0;
    std::size_t behind = 0;
    while (early < count) {
        if (agree(late, early)) {
            ++score;
            ++late;
            ++early;
            if (late >= compared)
                tail = {unit, early, behind, false};
            continue;
        }
        if (++mismatches > mayDiffer(std::max(late, compared)))
            break;
        auto detour = detours[0];
        for (const auto& [a, b] : detours) {
            if (nearPeriod(late + a, early + b) && agree(late + a, early + b) && agree(late + a + 1, early + b + 1)) {
                detour = {a, b};
                break;
            }
        }
        late += detour.first;
        early += detour.second;
        if (late < period)
            unit = early - late;
        if (--score < lowest) {
            lowest = score;
            behind = late;
        }
    }
    return 2 * tail.behind < period ? tail : Tail{};
}

LoopFinder::Tail LoopFinder::driftingTail() const
{
    for (std::size_t period = 2; period <= m_rules.driftPeriod; ++period) {
        const std::size_t least = std::max(period * m_rules.repeats, m_rules.driftTokens + period);
        if (least > m_tokens.size())
            break;
        const Tail tail = driftingTail(period);
        if (tail.period > 0 && isProse(tail.period))
            return tail;
    }
    return {};
}

bool LoopFinder::hasLetters(std::size_t period) const
{
    return std::any_of(m_tokens.end() - static_cast<std::ptrdiff_t>(period), m_tokens.end(),
                       [](const TextToken& token) { return token.letters; });
}

/// Records with names and values, which repeat by their nature, are mostly signs and numbers.
bool LoopFinder::isProse(std::size_t period) const
{
    const auto words = std::count_if(m_tokens.end() - static_cast<std::ptrdiff_t>(period), m_tokens.end(),
                                     [](const TextToken& token) { return token.letters; });
    return static_cast<double>(words) >= m_rules.driftWords * static_cast<double>(period);
}

void LoopFinder::begin(const Tail& tail)
{
    ContentLoop loop;
    loop.exact = tail.exact;
    loop.period = static_cast<std::int64_t>(tail.period);
    const std::int64_t end = tokens() - static_cast<std::int64_t>(tail.behind);
    std::int64_t first = tokens() - static_cast<std::int64_t>(tail.tokens);
    // A stop that ends the repeats also stands in front of the first one: a unit does not begin with it.
    const std::int64_t latest = first + std::min(loop.period, end - first - loop.period);
    std::int64_t begin = first;
    while (begin < latest &&
           std::string_view(".,;:!?)]}").find(m_text[static_cast<std::size_t>(token(begin).from - m_textAt)]) !=
               std::string_view::npos)
        ++begin;
    first = begin < latest ? begin : first;
    loop.firstToken = first;
    loop.tokens = end - first;
    loop.from = token(first).from;
    loop.to = token(end - 1).to;
    loop.seenWith = m_tokens.back().to;
    loop.periodBytes = token(first + loop.period).from - loop.from;
    std::string_view shown = text(loop.from, token(first + loop.period - 1).to);
    if (shown.size() > shownUnit) {
        std::size_t size = shownUnit;
        while (size > 0 && (static_cast<unsigned char>(shown[size]) & 0xC0u) == 0x80u)
            --size;
        shown = shown.substr(0, size);
    }
    loop.unit = shown;
    measure(loop);
    m_loops.push_back(std::move(loop));
    m_running = true;
}

bool LoopFinder::repeats(std::int64_t index, std::int64_t period, bool exact) const
{
    const TextToken& now = token(index);
    const TextToken& before = token(index - period);
    return exact ? now.word == before.word : now.shape == before.shape;
}

/// The last loop is still there, or there again.
void LoopFinder::goOn(const Tail& tail)
{
    ContentLoop& loop = m_loops.back();
    const std::int64_t end = m_looked - static_cast<std::int64_t>(tail.behind);
    for (std::int64_t i = std::max(loop.firstToken + loop.tokens, m_dropped + loop.period); i < end && loop.exact; ++i)
        loop.exact = repeats(i, loop.period, true);
    if (end > loop.firstToken + loop.tokens) {
        loop.tokens = end - loop.firstToken;
        loop.to = token(end - 1).to;
        measure(loop);
    }
    m_running = true;
}

/// The loop went on into the tokens that came since it was last seen: up to the first one that is another.
void LoopFinder::endLoop()
{
    if (!std::exchange(m_running, false))
        return;
    ContentLoop& loop = m_loops.back();
    for (std::int64_t i = loop.firstToken + loop.tokens; i < tokens() && repeats(i, loop.period, loop.exact); ++i) {
        ++loop.tokens;
        loop.to = token(i).to;
    }
}

void LoopFinder::measure(ContentLoop& loop) const
{
    const auto from = std::max(m_textAt, loop.to - static_cast<std::int64_t>(noveltyBytes));
    loop.repeatedShare = repeatedGrams(m_tokens);
    loop.novelty = novelty(text(from, loop.to));
    loop.confirmed = loop.repeatedShare >= m_rules.manyRepeats || loop.novelty <= m_rules.littleNovelty;
}

std::string_view LoopFinder::text(std::int64_t from, std::int64_t to) const
{
    return std::string_view(m_text).substr(static_cast<std::size_t>(from - m_textAt),
                                           static_cast<std::size_t>(to - from));
}

void LoopFinder::drop()
{
    if (m_tokens.size() < mostTokens)
        return;
    constexpr std::size_t half = mostTokens / 2;
    m_tokens.erase(m_tokens.begin(), m_tokens.begin() + half);
    m_dropped += static_cast<std::int64_t>(half);
    const std::int64_t from = m_tokens.front().from;
    m_text.erase(0, static_cast<std::size_t>(from - m_textAt));
    m_textAt = from;
}

std::vector<ContentLoop> findLoops(std::string_view text, const LoopRules& rules)
{
    LoopFinder finder(rules);
    finder.feed(text);
    finder.finish();
    return finder.loops();
}

} // namespace arcscope
