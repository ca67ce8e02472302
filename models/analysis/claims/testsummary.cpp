#include "testsummary.h"

#include "proselines.h"

#include <algorithm>
#include <charconv>
#include <string>

namespace arcscope
{
namespace
{

constexpr std::size_t longestLine = 300; ///< summaries are shorter

/// In lower case, without white space around it and without the sequences that colour a terminal (ECMA-48).
std::string plain(std::string_view line)
{
    std::string text;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '\x1b' && i + 1 < line.size() && line[i + 1] == '[') {
            i += 2;
            while (i < line.size() && (line[i] < '@' || line[i] > '~'))
                ++i;
        } else {
            text += line[i];
        }
    }
    return prose::lower(prose::trimmed(text));
}

enum class CountOf { Failed, Errors, Passed, Total, Nothing };

CountOf meaningOf(std::string_view word)
{
    if (prose::isListed("failed failing failures failure fail", word))
        return CountOf::Failed;
    if (prose::isListed("errors error", word))
        return CountOf::Errors; // compilers and linters have them, too
    if (prose::isListed("passed passing pass passes", word))
        return CountOf::Passed;
    return prose::isListed("total run ran examples assertions of tests", word) ? CountOf::Total : CountOf::Nothing;
}

constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz";

bool isLetter(char c)
{
    return c >= 'a' && c <= 'z';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// One line with its numbers and what they count.
class SummaryLine
{
public:
    explicit SummaryLine(std::string text)
        : m_text(std::move(text))
    {
        for (std::size_t i = 0; i < m_text.size();) {
            if (!isDigit(m_text[i])) {
                ++i;
                continue;
            }
            const std::size_t from = i;
            while (i < m_text.size() && isDigit(m_text[i]))
                ++i;
            const bool whole = (from == 0 || !isPartOfWord(m_text[from - 1])) && !goesOn(i);
            std::size_t value = 0;
            if (whole && std::from_chars(m_text.data() + from, m_text.data() + i, value).ec == std::errc())
                count(value, from, i);
        }
    }

    /// What is counted stands with how many there are, or with how long they took.
    bool isSummary() const
    {
        return (m_fails && (m_passes || m_totals)) || ((m_fails || m_passes || m_errors) && isTimed()) || isAlone();
    }
    /// "FAILED (failures=1, errors=2)", behind "Ran 41 tests in 0.1s".
    bool isVerdict() const { return m_counts > 0 && m_text.starts_with("failed ("); }

    std::size_t failed() const { return m_failed; }
    const std::vector<std::size_t>& passed() const { return m_passed; }
    std::string_view text() const { return m_text; }

private:
    static bool isPartOfWord(char c) { return isLetter(c) || c == '_' || c == '.' || c == '-' || c == '/'; }

    /// "3rd", "3.5", "3%": no count; "3." at the end is one.
    bool goesOn(std::size_t at) const
    {
        if (at == m_text.size())
            return false;
        if (m_text[at] == '.')
            return at + 1 < m_text.size() && m_text[at + 1] != ' ';
        return m_text[at] == '%' || isPartOfWord(m_text[at]);
    }

    /// "… in 6.84s"
    bool isTimed() const
    {
        const std::size_t at = m_text.rfind(" in ");
        if (at == std::string::npos || at + 4 >= m_text.size() || !isDigit(m_text[at + 4]))
            return false;
        const std::size_t unit = m_text.find_first_not_of("0123456789.", at + 4);
        return unit != std::string::npos && (m_text[behindSpaces(unit)] == 's' || m_text[behindSpaces(unit)] == 'm');
    }

    std::string_view wordAt(std::size_t from) const
    {
        std::size_t to = from;
        while (to < m_text.size() && isLetter(m_text[to]))
            ++to;
        return std::string_view(m_text).substr(from, to - from);
    }

    std::size_t behindSpaces(std::size_t at) const
    {
        while (at < m_text.size() && m_text[at] == ' ')
            ++at;
        return at;
    }

    /// "3 failed", "3 tests failed"; else "failed: 3", "failures=3", "# fail 3", "out of 3".
    void count(std::size_t value, std::size_t from, std::size_t to)
    {
        std::size_t next = behindSpaces(to);
        std::string_view word = wordAt(next);
        if (prose::isListed("test tests spec specs", word)) {
            const std::string_view second = wordAt(behindSpaces(next + word.size()));
            if (meaningOf(second) == CountOf::Failed || meaningOf(second) == CountOf::Passed) {
                next = behindSpaces(next + word.size());
                word = second;
            }
        }
        CountOf what = meaningOf(word);
        m_last = next + word.size();
        if (what == CountOf::Nothing || word == "of") {
            what = meaningOf(wordBefore(from));
            m_last = to;
        }
        if (what == CountOf::Nothing)
            return;
        m_first = m_first == std::string::npos ? from : m_first;
        ++m_counts;
        m_fails = m_fails || what == CountOf::Failed;
        m_errors = m_errors || what == CountOf::Errors;
        m_passes = m_passes || what == CountOf::Passed;
        m_totals = m_totals || what == CountOf::Total;
        if (what == CountOf::Failed || what == CountOf::Errors)
            m_failed += value;
        if (what == CountOf::Passed)
            m_passed.push_back(value);
    }

    /// The word that a sign joins to the number; without one, "ran", "of", and the first of the line.
    std::string_view wordBefore(std::size_t to) const
    {
        bool joined = false;
        for (; to > 0 && (m_text[to - 1] == ' ' || m_text[to - 1] == ':' || m_text[to - 1] == '='); --to)
            joined = joined || m_text[to - 1] != ' ';
        std::size_t from = to;
        while (from > 0 && isLetter(m_text[from - 1]))
            --from;
        const auto word = std::string_view(m_text).substr(from, to - from);
        const bool first = m_text.find_first_of(letters) == from;
        return joined || first || word == "ran" || word == "of" ? word : std::string_view();
    }

    /// Nothing but one count, a mark before it and a time in brackets behind: "1 failing", "# pass 3", "3 passed (5s)".
    bool isAlone() const
    {
        if (m_counts != 1 || m_totals || m_errors)
            return false;
        const std::size_t word = std::min(m_text.find_first_of(letters), m_first);
        const bool first = word == m_first || meaningOf(wordAt(word)) != CountOf::Nothing;
        const std::size_t rest = behindSpaces(m_last);
        return first && (rest == m_text.size() || m_text[rest] == '(');
    }

    std::string m_text;
    std::size_t m_failed = 0;
    std::vector<std::size_t> m_passed;
    std::size_t m_counts = 0;
    std::size_t m_first = std::string::npos;
    std::size_t m_last = 0;
    bool m_fails = false;
    bool m_errors = false;
    bool m_passes = false;
    bool m_totals = false;
};

/// "==== 3 failed in 0.2s ====" without what is drawn around it.
std::string_view withoutRule(std::string_view line)
{
    constexpr std::string_view drawn = " =-\r\t";
    const std::size_t from = line.find_first_not_of(drawn);
    return from == line.npos ? line : line.substr(from, line.find_last_not_of(drawn) + 1 - from);
}

/// Lines of Go, and of unittest and PHPUnit, which say it in a word.
enum class WordLine { None, Failed, Passed };

WordLine wordLine(std::string_view raw, std::string_view text, bool ran)
{
    if (raw.starts_with("--- FAIL:") || raw.starts_with("FAIL\t"))
        return WordLine::Failed;
    if ((raw.starts_with("ok  \t") && raw.find('\t', 5) != raw.npos) || (ran && text == "ok"))
        return WordLine::Passed;
    return text.starts_with("ok (") && text.find("assertion") != text.npos ? WordLine::Passed : WordLine::None;
}

} // namespace

std::optional<TestSummary> testSummary(std::string_view output)
{
    TestSummary summary;
    bool found = false;
    bool ran = false; // "Ran 41 tests in 0.1s": the next line says how it went
    for (const std::string_view raw : prose::linesOf(output)) {
        if (raw.size() > longestLine || raw.empty())
            continue;
        const SummaryLine line(plain(raw));
        const WordLine word = wordLine(raw, line.text(), ran);
        const bool counts = line.isSummary() || (ran && line.isVerdict());
        ran = line.text().starts_with("ran ") || (ran && line.text().empty());
        if (!counts && word == WordLine::None)
            continue;
        const std::size_t failed = word == WordLine::Failed ? 1 : counts ? line.failed() : 0;
        if (!found || summary.failed == 0) {
            const std::string_view bare = withoutRule(raw);
            const std::int64_t from = bare.data() - output.data();
            summary.line = {from, from + std::ssize(bare)};
        }
        found = true;
        summary.failed += failed;
        if (counts)
            summary.passed.insert(summary.passed.end(), line.passed().begin(), line.passed().end());
    }
    return found ? std::optional(std::move(summary)) : std::nullopt;
}

} // namespace arcscope
