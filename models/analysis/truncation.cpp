#include "truncation.h"

#include "jsonprefix.h"
#include "proselines.h"

#include <algorithm>
#include <iterator>
#include <string>

namespace arcscope
{

using namespace prose;

namespace
{

constexpr std::size_t shortItem = 8; // words
constexpr std::size_t shortText = 3;
constexpr std::size_t shortGreeting = 4;

class CutFinder
{
public:
    explicit CutFinder(std::string_view text)
        : m_whole(text)
    {
    }

    std::vector<TruncationCue> find()
    {
        if (cutCharacter())
            return m_cues;
        m_text = trimmed(m_whole);
        if (wordCount(m_text) == 0 || wholeJson() || openFence())
            return m_cues;
        m_lines = linesOf(m_text);
        m_last = trimmed(m_lines.back());
        openPairs();
        if (!beganLine())
            ending();
        std::ranges::sort(m_cues, {}, &TruncationCue::sign);
        return m_cues;
    }

private:
    void add(CutSign sign, const char* at) { m_cues.push_back({sign, at - m_whole.data()}); }

    bool cutCharacter()
    {
        const std::string_view last = lastCharacter(m_whole);
        if (last.empty())
            return false;
        const auto first = static_cast<unsigned char>(last[0]);
        const std::size_t needs = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1;
        if (last.size() >= needs)
            return false;
        add(CutSign::CutCharacter, last.data());
        return true;
    }

    /// Whether the text is JSON, cut off or not.
    bool wholeJson()
    {
        if (m_text.front() != '{' && m_text.front() != '[')
            return false;
        JsonPrefix prefix;
        prefix.feed(m_text);
        if (prefix.finish() == JsonState::Prefix)
            add(CutSign::OpenJson, m_text.data() + m_text.size() - 1);
        return prefix.state() == JsonState::Prefix || prefix.state() == JsonState::Complete;
    }

    /// Whether the text ends with or within a block of code.
    bool openFence()
    {
        char fence = 0;
        std::size_t ticks = 0;
        const char* opened = nullptr;
        bool closedLast = false;
        for (const std::string_view line : linesOf(m_text)) {
            const std::string_view inside = trimmed(line);
            const char c = inside.empty() ? '\0' : inside[0];
            const std::size_t run = c == '`' || c == '~' ? std::min(inside.find_first_not_of(c), inside.size()) : 0;
            closedLast = false;
            if (fence == 0 && run >= 3 && inside.find(c, run) == std::string_view::npos) {
                fence = c;
                ticks = run;
                opened = inside.data();
            } else if (fence != 0 && c == fence && run >= ticks) {
                fence = 0;
                closedLast = true;
            }
        }
        if (fence != 0)
            add(CutSign::OpenFence, opened);
        return fence != 0 || closedLast;
    }

    std::string_view lastParagraph() const
    {
        std::size_t from = 0;
        for (std::size_t at = m_text.find('\n'); at != std::string_view::npos; at = m_text.find('\n', at + 1)) {
            const std::size_t next = m_text.find_first_not_of(" \t\r", at + 1);
            if (next != std::string_view::npos && m_text[next] == '\n')
                from = next + 1;
        }
        return m_text.substr(from);
    }

    void openPairs()
    {
        const std::string_view paragraph = lastParagraph();
        std::vector<std::size_t> brackets;
        std::size_t quote = std::string_view::npos;
        for (std::size_t i = 0; i < paragraph.size(); ++i) {
            const char c = paragraph[i];
            const bool first = i == 0 || isSpace(paragraph[i - 1]);
            if (const std::size_t code = c == '`' ? paragraph.find('`', i + 1) : std::string_view::npos;
                code != std::string_view::npos) {
                i = code;
                continue;
            }
            const bool face = i > 0 && (paragraph[i - 1] == ':' || paragraph[i - 1] == '-' || paragraph[i - 1] == ';');
            if ((c == '(' || c == '[' || c == '{') && !face)
                brackets.push_back(i);
            else if ((c == ')' || c == ']' || c == '}') && !brackets.empty())
                brackets.pop_back();
            else if (c == '"')
                quote = quote != std::string_view::npos     ? std::string_view::npos
                        : mayOpenQuote(paragraph, i, first) ? i
                                                            : quote;
            else if (paragraph.substr(i).starts_with("\xe2\x80\x9c"))
                quote = i;
            else if (paragraph.substr(i).starts_with("\xe2\x80\x9d"))
                quote = std::string_view::npos;
        }
        if (!brackets.empty())
            add(CutSign::OpenBracket, paragraph.data() + brackets.back());
        if (quote != std::string_view::npos)
            add(CutSign::OpenQuote, paragraph.data() + quote);
    }

    /// Not the sign for inches, nor one that closes what an earlier paragraph opened.
    static bool mayOpenQuote(std::string_view paragraph, std::size_t at, bool first)
    {
        const bool behindBracket =
            at > 0 && std::string_view("([{*_-").find(paragraph[at - 1]) != std::string_view::npos;
        return (first || behindBracket) && (at + 1 == paragraph.size() || !isSpace(paragraph[at + 1]));
    }

    /// Behind a list item there is an indent for something, and nothing.
    bool beganLine()
    {
        const std::size_t end = m_whole.find_last_not_of(" \t");
        const bool indent = end != std::string_view::npos && m_whole[end] == '\n' && m_whole.size() - end > 2;
        if (!indent || markerSize(m_last) == 0)
            return false;
        add(CutSign::EmptyListMarker, m_whole.data() + end + 1);
        return true;
    }

    void ending()
    {
        const std::size_t marker = markerSize(m_last);
        const std::string_view content = trimmed(m_last.substr(marker));
        if (marker > 0 && content.find_first_not_of("*_ ") == std::string_view::npos && !isRule(m_last)) {
            add(CutSign::EmptyListMarker, m_last.data());
            return;
        }
        if (m_last.starts_with('|')) {
            if (!m_last.ends_with('|'))
                add(CutSign::OpenRow, m_last.data());
            return;
        }
        openEmphasis();
        const std::string_view sentence = withoutClosers(m_last);
        const std::string_view character = lastCharacter(m_last);
        if (isRule(m_last) || sentence.empty() || isTerminator(lastCharacter(sentence)) || isShort())
            return;
        const bool dash = character == "\xe2\x80\x93" || character == "\xe2\x80\x94";
        if (dash || endsInContraction() ||
            (character.size() == 1 && std::string_view(",;:-/&+=(<[{").find(character[0]) != std::string_view::npos)) {
            add(CutSign::DanglingPunctuation, character.data());
            return;
        }
        if (sentence.size() != m_last.size() && m_cues.empty())
            return;
        lastWord(marker > 0, content);
    }

    void openEmphasis()
    {
        std::size_t opened = std::string_view::npos;
        for (std::size_t at = m_last.find("**"); at != std::string_view::npos; at = m_last.find("**", at + 2))
            opened = opened == std::string_view::npos ? at : std::string_view::npos;
        if (opened != std::string_view::npos && !isRule(m_last))
            add(CutSign::OpenEmphasis, m_last.data() + opened);
    }

    /// "Paris", but not "Since the".
    bool isShort() const
    {
        const std::string_view first = m_text.substr(0, m_text.find_first_of(" \n"));
        return wordCount(m_text) <= shortText && !isDangling(lower(first));
    }

    /// An apostrophe behind a letter, where no quote is open that it could close.
    bool endsInContraction() const
    {
        for (const std::string_view apostrophe : {"'", "\xe2\x80\x99"}) {
            if (!m_last.ends_with(apostrophe) || m_last.size() == apostrophe.size())
                continue;
            const std::string_view before = m_last.substr(0, m_last.size() - apostrophe.size());
            const bool opened = before.starts_with('\'') || before.find(" '") != std::string_view::npos ||
                                before.find("('") != std::string_view::npos ||
                                before.find("\xe2\x80\x98") != std::string_view::npos;
            return isWordByte(before.back()) && !opened;
        }
        return false;
    }

    void lastWord(bool isItem, std::string_view content)
    {
        std::size_t from = m_text.size();
        while (from > 0 && isWordByte(m_text[from - 1]))
            --from;
        const std::string_view word = m_text.substr(from);
        const std::string lowered = lower(word);
        const bool dangling = isDangling(lowered);
        const bool cutWord = !word.empty() && !dangling && isCutWord(lowered, from);
        if (dangling)
            add(CutSign::DanglingWord, word.data());
        if (cutWord)
            add(CutSign::CutWord, word.data());
        if (dangling || cutWord || !mayEndHere(isItem, content))
            add(CutSign::NoTerminator, word.empty() ? m_text.data() + m_text.size() - 1 : word.data());
    }

    /// The beginning of an earlier word, and no earlier word.
    bool isCutWord(const std::string& word, std::size_t from) const
    {
        if (std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; }))
            return false;
        bool begins = false;
        std::size_t at = 0;
        while (at < from) {
            while (at < from && !isWordByte(m_text[at]))
                ++at;
            std::size_t end = at;
            while (end < from && isWordByte(m_text[end]))
                ++end;
            if (end - at >= word.size() && lower(m_text.substr(at, word.size())) == word) {
                if (end - at == word.size())
                    return false;
                begins = true;
            }
            at = end;
        }
        return begins;
    }

    bool mayEndHere(bool isItem, std::string_view content) const
    {
        const std::size_t space = m_last.find_last_of(" \t");
        const std::string_view lastField = m_last.substr(space == std::string_view::npos ? 0 : space + 1);
        if (lastField.find("://") != std::string_view::npos || lastField.starts_with("www."))
            return true;
        if (isItem && wordCount(content) <= shortItem && siblingsHaveNoStop())
            return true;
        if (!isItem && wordCount(content) <= shortItem && linesHaveNoStop())
            return true;
        return isSignature() || isControlWord();
    }

    /// Verses and records: at least two lines of the paragraph before the last one, and none with a stop.
    bool linesHaveNoStop() const
    {
        std::size_t without = 0;
        for (auto line = std::next(m_lines.rbegin()); line != m_lines.rend() && !trimmed(*line).empty(); ++line) {
            if (isTerminator(lastCharacter(withoutClosers(trimmed(*line)))))
                return false;
            ++without;
        }
        return without >= 2;
    }

    /// TERMINATE and the like, which agents tell each other on a line of its own.
    bool isControlWord() const
    {
        const bool capitals = std::ranges::all_of(m_last, [](char c) { return (c >= 'A' && c <= 'Z') || c == '_'; });
        return m_lines.size() > 1 && capitals && m_last.size() >= 4;
    }

    /// Other items of the list end without a full stop, and none with one.
    bool siblingsHaveNoStop() const
    {
        std::size_t without = 0;
        for (std::size_t i = m_lines.size() - 1; i-- > 0;) {
            const std::string_view line = trimmed(m_lines[i]);
            if (markerSize(line) == 0) {
                if (line.empty())
                    continue;
                break;
            }
            const std::string_view sentence = withoutClosers(line);
            if (sentence.empty() || isTerminator(lastCharacter(sentence)))
                return false;
            ++without;
        }
        return without > 0;
    }

    /// "Best regards," and a name below.
    bool isSignature() const
    {
        if (m_lines.size() < 2 || wordCount(m_last) > shortGreeting)
            return false;
        for (std::size_t i = m_lines.size() - 1; i-- > 0;) {
            const std::string_view line = trimmed(m_lines[i]);
            if (!line.empty())
                return line.ends_with(',') && wordCount(line) <= shortGreeting && markerSize(line) == 0;
        }
        return false;
    }

    std::string_view m_whole;
    std::string_view m_text;
    std::vector<std::string_view> m_lines;
    std::string_view m_last;
    std::vector<TruncationCue> m_cues;
};

} // namespace

std::string_view name(CutSign sign)
{
    switch (sign) {
    case CutSign::OpenFence:
        return "open code block";
    case CutSign::OpenJson:
        return "open JSON";
    case CutSign::CutCharacter:
        return "cut character";
    case CutSign::OpenBracket:
        return "open bracket";
    case CutSign::OpenEmphasis:
        return "open emphasis";
    case CutSign::OpenQuote:
        return "open quote";
    case CutSign::OpenRow:
        return "open table row";
    case CutSign::EmptyListMarker:
        return "empty list item";
    case CutSign::DanglingWord:
        return "dangling word";
    case CutSign::DanglingPunctuation:
        return "dangling punctuation";
    case CutSign::CutWord:
        return "cut word";
    case CutSign::NoTerminator:
        return "no end of sentence";
    }
    return "";
}

std::vector<TruncationCue> truncationCues(std::string_view text)
{
    return CutFinder(text).find();
}

} // namespace arcscope
