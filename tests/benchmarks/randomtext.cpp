#include "randomtext.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace arcscope::bench
{

namespace
{

constexpr std::size_t vocabularySize = 20'000;

constexpr std::array commonWords = {
    "the",      "a",     "to",    "of",      "and",     "in",     "for",   "is",      "on",     "with",    "this",
    "that",     "from",  "was",   "are",     "be",      "by",     "it",    "or",      "as",     "order",   "user",
    "customer", "query", "file",  "value",   "request", "result", "agent", "token",   "error",  "context", "return",
    "please",   "index", "model", "message", "account", "before", "after", "without", "search", "because", "service",
};

constexpr std::array syllables = {
    "ar", "bel", "cu", "dor", "en", "fal", "gi",  "hum", "il",  "jas", "ko",  "lim",
    "ma", "nes", "o",  "pri", "qu", "ril", "sto", "tan", "ul",  "ver", "wic", "xe",
    "yo", "zan", "ty", "ous", "ed", "ly",  "tic", "nor", "gre", "sh",  "ack",
};

constexpr std::array foreignWords = {
    "Übergrößenzuschlag",
    "déjà",
    "garçon",
    "mañana",
    "ångström",
    "Привет",
    "ответ",
    "καλημέρα",
    "שלום",
    "مرحبا",
    "結果",
    "東京",
    "検索中",
    "你好世界",
    "확인",
    "नमस्ते",
    "🙂",
    "🚀",
    "→",
    "“so”",
};

/// The characters that change with the depth of escaping.
struct Marks {
    std::string_view quote, backslash, line, tab;
};

const Marks& marksAt(Depth depth)
{
    static constexpr std::array<Marks, 3> marks = {{
        {"\"", "\\", "\n", "\t"},
        {"\\\"", "\\\\", "\\n", "\\t"},
        {"\\\\\\\"", "\\\\\\\\", "\\\\n", "\\\\t"},
    }};
    return marks[static_cast<std::size_t>(depth)];
}

} // namespace

TextPlan planText(Random& random, std::uint32_t bytes)
{
    return {random.next(), bytes};
}

Vocabulary::Vocabulary()
{
    Random random(20'000);
    const auto add = [this](std::string_view word) {
        m_words.push_back({static_cast<std::uint32_t>(m_letters.size()), static_cast<std::uint32_t>(word.size())});
        m_letters += word;
    };
    m_words.reserve(vocabularySize);
    for (const char* word : commonWords)
        add(word);
    while (m_words.size() < vocabularySize) {
        std::string word;
        for (std::uint32_t left = 2 + random.below(3); left > 0; --left)
            word += syllables[random.below(syllables.size())];
        add(word);
    }

    std::vector<double> cumulative;
    double sum = 0;
    for (std::size_t rank = 0; rank < vocabularySize; ++rank)
        cumulative.push_back(sum += 1.0 / (static_cast<double>(rank) + 2.5));
    m_picks.resize(std::size_t(1) << pickBits);
    for (std::uint16_t& pick : m_picks) {
        const auto found = std::lower_bound(cumulative.begin(), cumulative.end(), random.fraction() * sum);
        pick = static_cast<std::uint16_t>(std::min<std::ptrdiff_t>(found - cumulative.begin(), vocabularySize - 1));
    }
}

std::string_view Vocabulary::foreign(Random& random) const
{
    return foreignWords[random.below(foreignWords.size())];
}

void Vocabulary::write(const TextPlan& plan, Depth depth, std::string& out) const
{
    Random random(plan.seed);
    // Escapes make the written text longer than planned by a few percent; the plan counts as if there were none.
    const std::size_t end = out.size() + plan.bytes;
    const std::uint32_t style = random.below(10);
    if (style < 2)
        writeCode(random, depth, end, out);
    else if (style == 2)
        writeJson(random, depth, end, out);
    else
        writeProse(random, depth, end, out);
}

void Vocabulary::writeCode(Random& random, Depth depth, std::size_t end, std::string& out) const
{
    const Marks& marks = marksAt(depth);
    while (out.size() < end) {
        out += "    ";
        out += word(random);
        out += " = ";
        out += word(random);
        out += '(';
        out += marks.quote;
        out += word(random);
        out += marks.quote;
        out += ", ";
        appendNumber(out, random.below(100'000));
        out += ");";
        if (random.oneIn(3)) {
            out += "  // ";
            out += word(random);
        }
        out += marks.line;
        if (random.oneIn(12)) {
            out += marks.tab;
            out += "open(";
            out += marks.quote;
            out += "D:";
            out += marks.backslash;
            out += word(random);
            out += marks.quote;
            out += ")";
            out += marks.line;
        }
    }
}

void Vocabulary::writeJson(Random& random, Depth depth, std::size_t end, std::string& out) const
{
    const auto key = [&out, &marks = marksAt(depth)](std::string_view name) {
        out += marks.quote;
        out += name;
        out += marks.quote;
        out += ": ";
    };
    const std::string_view quote = marksAt(depth).quote;
    out += '{';
    key("rows");
    std::string_view separator = "[";
    do {
        out += separator;
        separator = ", ";
        out += '{';
        key("id");
        appendNumber(out, random.below(1'000'000));
        out += ", ";
        key("title");
        out += quote;
        for (int i = 0; i < 4; ++i) {
            out += word(random);
            out += ' ';
        }
        out += quote;
        out += ", ";
        key("score");
        out += "0.";
        appendNumber(out, 1000 + random.below(9000));
        out += '}';
    } while (out.size() < end);
    out += "]}";
}

void Vocabulary::writeProse(Random& random, Depth depth, std::size_t end, std::string& out) const
{
    const Marks& marks = marksAt(depth);
    while (out.size() < end) {
        const std::uint64_t dice = random.next();
        const auto oneIn = [dice](unsigned shift, std::uint32_t n) { return ((dice >> shift) & 0xffff) % n == 0; };
        out += oneIn(0, 60) ? foreign(random) : word(random);
        if (oneIn(16, 14)) {
            out += oneIn(32, 4) ? '!' : '.';
            if (oneIn(48, 5)) {
                out += marks.line;
                out += marks.line;
            } else {
                out += ' ';
            }
        } else if (oneIn(32, 20)) {
            out += ", ";
            out += marks.quote;
            out += word(random);
            out += marks.quote;
            out += ' ';
        } else {
            out += ' ';
        }
    }
}

void appendEscaped(std::string& out, std::string_view text, Depth depth)
{
    const Marks& marks = marksAt(depth);
    for (const char c : text) {
        if (c == '"')
            out += marks.quote;
        else if (c == '\\')
            out += marks.backslash;
        else if (c == '\n')
            out += marks.line;
        else if (c == '\t')
            out += marks.tab;
        else
            out += c;
    }
}

void appendNumber(std::string& out, std::int64_t number)
{
    std::array<char, 20> digits;
    const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    out.append(digits.data(), static_cast<std::size_t>(written.ptr - digits.data()));
}

void appendHex(std::string& out, std::uint64_t number, int digits)
{
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4)
        out += "0123456789abcdef"[(number >> shift) & 15];
}

} // namespace arcscope::bench
