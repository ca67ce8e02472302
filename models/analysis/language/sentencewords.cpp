#include "sentencewords.h"

#include "notations.h"
#include "proselines.h"

#include <algorithm>
#include <array>

namespace arcscope
{
namespace
{

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isAsciiLetter(char c)
{
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'z';
}

bool isAlnum(char c)
{
    return isDigit(c) || isAsciiLetter(c);
}

/// Letters and marks with more than one byte that are signs, and what they count as.
constexpr std::array<std::pair<std::string_view, std::string_view>, 20> wideSigns{{
    {"\xe2\x80\x98", "'"}, {"\xe2\x80\x99", "'"},   {"\xe2\x80\x9c", "\""}, {"\xe2\x80\x9d", "\""},
    {"\xe2\x80\x90", "-"}, {"\xe2\x80\x91", "-"},   {"\xe2\x80\x92", "-"},  {"\xe2\x80\x93", "-"},
    {"\xe2\x80\x94", "-"}, {"\xe2\x80\x95", "-"},   {"\xe2\x88\x92", "-"},  {"\xe2\x80\xa6", "..."},
    {"\xe2\x80\xa2", "*"}, {"\xe2\x82\xac", "eur"}, {"\xc2\xa3", "gbp"},    {"\xc2\xa5", "jpy"},
    {"\xc2\xa0", " "},     {"\xe2\x80\xaf", " "},   {"\xe2\x80\x89", " "},  {"\xc2\xb0", "deg"},
}};

class Reader
{
public:
    explicit Reader(std::string_view text)
        : m_text(text)
    {
    }

    std::vector<SentenceWord> read()
    {
        while (m_at < m_text.size())
            next();
        return std::move(m_words);
    }

private:
    char at(std::size_t i) const { return i < m_text.size() ? m_text[i] : '\0'; }

    const std::pair<std::string_view, std::string_view>* wideSign(std::size_t i) const
    {
        const auto found = std::ranges::find_if(
            wideSigns, [&](const auto& sign) { return m_text.substr(i, sign.first.size()) == sign.first; });
        return found == wideSigns.end() ? nullptr : &*found;
    }

    bool isLetter(std::size_t i) const
    {
        const char c = at(i);
        if (c == '\0' && i >= m_text.size())
            return false;
        if (static_cast<unsigned char>(c) < 0x80)
            return isAsciiLetter(c) || c == '_';
        const auto first = static_cast<unsigned char>(c);
        if (first == 0xe3 && m_text.substr(i).starts_with("\xe3\x80")) // ideographic signs
            return false;
        return (first != 0xc2 && first != 0xe2) ? true : (wideSign(i) == nullptr && first != 0xe2);
    }

    /// Behind the letters (and digits, where asked for) from `i` on.
    std::size_t endOfRun(std::size_t i, bool digits) const
    {
        while (i < m_text.size() && (isLetter(i) || (digits && isDigit(m_text[i])))) {
            const bool wide = static_cast<unsigned char>(m_text[i++]) >= 0x80;
            while (wide && (static_cast<unsigned char>(at(i)) & 0xc0u) == 0x80u)
                ++i;
        }
        return i;
    }

    void add(std::size_t end, WordKind kind, std::string lower)
    {
        const char first = m_text[m_at];
        const bool wideCapital = static_cast<unsigned char>(first) == 0xc3 &&
                                 static_cast<unsigned char>(at(m_at + 1)) >= 0x80 &&
                                 static_cast<unsigned char>(at(m_at + 1)) < 0x9f;
        m_words.push_back({static_cast<std::uint32_t>(m_at), static_cast<std::uint32_t>(end), kind,
                           (first >= 'A' && first <= 'Z') || wideCapital, m_glued, std::move(lower)});
        m_at = end;
        m_glued = true;
    }

    void add(std::size_t end, WordKind kind) { add(end, kind, prose::lower(m_text.substr(m_at, end - m_at))); }

    /// Up to white space, without the signs that end a sentence or a bracket.
    void addUntilSpace()
    {
        std::size_t end = m_at;
        while (end < m_text.size() && !prose::isSpace(m_text[end]) && m_text[end] != ')' && m_text[end] != '"')
            ++end;
        while (end > m_at + 1 && std::string_view(".,;:!?*_'>]").find(m_text[end - 1]) != std::string_view::npos)
            --end;
        add(end, WordKind::Identifier);
    }

    void next()
    {
        const char c = m_text[m_at];
        if (prose::isSpace(c)) {
            ++m_at;
            m_glued = false;
        } else if (c == '`') {
            code();
        } else if (isDigit(c)) {
            number();
        } else if (isLetter(m_at)) {
            word();
        } else if (const auto colour = c == '#' ? notations::colourAt(m_text.substr(m_at)) : std::nullopt) {
            add(m_at + colour->size, WordKind::Identifier);
        } else if (c == '#' && isAlnum(at(m_at + 1))) {
            ++m_at;
            add(endOfRun(m_at, true), WordKind::Identifier);
        } else if ((c == '/' || c == '~') && !m_glued && (isAlnum(at(m_at + 1)) || at(m_at + 1) == '/')) {
            addUntilSpace();
        } else if (const auto* wide = wideSign(m_at)) {
            if (wide->second == " ") {
                m_at += wide->first.size();
                m_glued = false;
            } else {
                add(m_at + wide->first.size(), WordKind::Sign, std::string(wide->second));
            }
        } else {
            std::size_t end = m_at + 1;
            while ((static_cast<unsigned char>(at(end)) & 0xc0u) == 0x80u)
                ++end;
            add(end, WordKind::Sign);
        }
    }

    void code()
    {
        const std::size_t open = m_text.find_first_not_of('`', m_at);
        const std::size_t close = open == std::string_view::npos ? open : m_text.find('`', open);
        if (close == std::string_view::npos) {
            add(m_at + 1, WordKind::Sign);
            return;
        }
        const std::string inside = prose::lower(m_text.substr(open, close - open));
        add(std::min(m_text.find_first_not_of('`', close), m_text.size()), WordKind::Identifier, inside);
    }

    bool digits(std::size_t i, std::size_t count) const
    {
        for (std::size_t k = 0; k < count; ++k) {
            if (!isDigit(at(i + k)))
                return false;
        }
        return true;
    }

    void number()
    {
        std::size_t end = m_at;
        while (isDigit(at(end)))
            ++end;
        const std::size_t whole = end - m_at;
        if (whole == 4 && at(end) == '-' && digits(end + 1, 2) && at(end + 3) == '-' && digits(end + 4, 2) &&
            !isDigit(at(end + 6))) {
            add(end + 6, WordKind::Number);
            if (at(m_at) == 'T' && digits(m_at + 1, 2))
                ++m_at; // the time follows
            return;
        }
        if (whole <= 2 && at(end) == ':' && digits(end + 1, 2) && !isDigit(at(end + 3))) {
            end += 3;
            if (at(end) == ':' && digits(end + 1, 2))
                end += 3;
            add(endOfRun(end, true), WordKind::Number);
            return;
        }
        std::size_t points = 0;
        bool others = false;
        while (end < m_text.size()) {
            if (at(end) == ',' && digits(end + 1, 3) && !isDigit(at(end + 4)) && points == 0) {
                end += 4;
            } else if (at(end) == '.' && isDigit(at(end + 1))) {
                ++points;
                for (++end; isDigit(at(end));)
                    ++end;
            } else if (at(end) == '/' && isDigit(at(end + 1))) { // a date or a fraction: its order is not known
                others = true;
                for (++end; isDigit(at(end));)
                    ++end;
            } else {
                break;
            }
        }
        const std::size_t letters = endOfRun(end, true);
        others = others || points > 1 ||
                 std::any_of(m_text.begin() + static_cast<std::ptrdiff_t>(end),
                             m_text.begin() + static_cast<std::ptrdiff_t>(letters), isDigit);
        add(letters, others ? WordKind::Identifier : WordKind::Number);
    }

    /// "user@example.org", "main.cpp", "std::span", "GPT-4": the end of what begins as the word that ends at `end`.
    std::size_t endOfIdentifier(std::size_t end) const
    {
        const std::string_view run = m_text.substr(m_at, end - m_at);
        bool found = run.find('_') != std::string_view::npos || std::ranges::any_of(run, isDigit);
        while (true) {
            const char c = at(end);
            const char then = at(end + 1);
            const bool dotted =
                c == '.' && (isDigit(then) || (then >= 'a' && then <= 'z')) && (run.size() > 1 || found);
            const bool dashed = c == '-' && isDigit(then) && run[0] >= 'A' && run[0] <= 'Z';
            const bool path = c == '/' && found && isAlnum(then);
            const bool inner = c == '-' && found && isAlnum(then);
            const bool colons = c == ':' && then == ':' && isAsciiLetter(at(end + 2));
            if (!(c == '@' && isAlnum(then)) && !dotted && !dashed && !path && !inner && !colons)
                return found ? end : 0;
            found = true;
            end = endOfRun(end + (colons ? 2 : 1), true);
        }
    }

    void word()
    {
        const std::string_view rest = m_text.substr(m_at);
        if (rest.starts_with("http://") || rest.starts_with("https://") || rest.starts_with("mailto:")) {
            addUntilSpace();
            return;
        }
        const std::size_t end = endOfRun(m_at, true);
        if (rest.starts_with("Ph.D")) {
            add(m_at + (rest.starts_with("Ph.D.") ? 5 : 4), WordKind::Word, "phd");
            return;
        }
        if (end - m_at == 1 && at(end) == '.' && isAsciiLetter(at(end + 1)) && at(end + 2) == '.') {
            std::size_t last = m_at; // "e.g.", "U.S.", "a.m."
            std::string letters;
            while (isAsciiLetter(at(last)) && at(last + 1) == '.') {
                letters += m_text[last];
                last += 2;
            }
            add(last, WordKind::Word, prose::lower(letters));
            return;
        }
        if (const std::size_t identifier = endOfIdentifier(end)) {
            add(identifier, WordKind::Identifier);
            return;
        }
        contraction(end);
    }

    /// The size of an apostrophe at `i`; 0: none.
    std::size_t apostrophe(std::size_t i) const
    {
        if (at(i) == '\'')
            return 1;
        const auto* sign = i < m_text.size() ? wideSign(i) : nullptr;
        return sign && sign->second == "'" ? sign->first.size() : 0;
    }

    void contraction(std::size_t end)
    {
        std::string lower = prose::lower(m_text.substr(m_at, end - m_at));
        const std::size_t mark = apostrophe(end);
        const std::size_t tail = mark > 0 ? endOfRun(end + mark, false) : end;
        const std::string ending =
            mark > 0 ? prose::lower(m_text.substr(end + mark, tail - end - mark)) : std::string();
        if (lower == "cannot" || (ending == "t" && lower.ends_with('n'))) {
            std::string verb = lower.substr(0, lower.size() - (lower == "cannot" ? 3 : 1));
            if (lower == "can")
                verb = "can";
            else if (lower == "won")
                verb = "will";
            else if (lower == "shan")
                verb = "shall";
            const std::size_t stop = ending == "t" ? tail : end;
            add(stop, WordKind::Word, verb);
            SentenceWord negation = m_words.back();
            negation.lower = "not";
            negation.capital = false;
            m_words.push_back(std::move(negation));
            return;
        }
        const bool left =
            ending == "s" || ending == "re" || ending == "ve" || ending == "ll" || ending == "d" || ending == "m";
        if (mark > 0 && !left && tail > end + mark)
            lower += "'" + ending; // "o'clock"
        add(mark > 0 && tail > end + mark ? tail : end, WordKind::Word, std::move(lower));
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    bool m_glued = false;
    std::vector<SentenceWord> m_words;
};

} // namespace

std::vector<SentenceWord> sentenceWords(std::string_view sentence)
{
    return Reader(sentence).read();
}

} // namespace arcscope
