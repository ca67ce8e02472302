#include "sentences.h"

#include "proselines.h"

#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>

namespace arcscope
{
namespace
{

/// Behind these, in lower case, a full stop ends no sentence.
constexpr auto abbreviations = std::to_array<std::string_view>(
    {"mr",   "mrs", "ms",  "dr",  "prof", "st",     "no",  "nos", "vs",  "etc", "e.g",  "i.e",  "cf",   "fig",
     "figs", "eq",  "vol", "pp",  "ca",   "approx", "jr",  "sr",  "inc", "ltd", "co",   "corp", "dept", "est",
     "gen",  "col", "lt",  "sgt", "capt", "rev",    "hon", "sen", "rep", "gov", "jan",  "feb",  "mar",  "apr",
     "jun",  "jul", "aug", "sep", "sept", "oct",    "nov", "dec", "u.s", "u.k", "a.k.a"});

/// Longer lines without an end may be wrapped.
constexpr std::size_t shortestWrapped = 50;
/// Longer pieces are not given to the library at once: it counts in 32 bits.
constexpr std::size_t longestPiece = std::size_t(1) << 24;

struct CloseBreaks {
    void operator()(UBreakIterator* breaks) const { ubrk_close(breaks); }
};
struct CloseText {
    void operator()(UText* text) const { utext_close(text); }
};

class Splitter
{
public:
    Splitter()
    {
        UErrorCode error = U_ZERO_ERROR;
        m_breaks.reset(ubrk_open(UBRK_SENTENCE, "en", nullptr, 0, &error));
        if (U_FAILURE(error))
            m_breaks.reset();
    }

    /// The sentences of a paragraph that begins at byte `at`.
    void split(std::string_view text, std::int64_t at, SentenceKind kind, std::vector<Sentence>& out)
    {
        if (kind == SentenceKind::TableRow) {
            add(text, at, kind, out);
            return;
        }
        std::size_t begin = 0;
        for (const std::size_t end : ends(text)) {
            if (end < text.size() && goesOn(text.substr(begin, end - begin), text.substr(end)))
                continue;
            add(text.substr(begin, end - begin), at + static_cast<std::int64_t>(begin), kind, out);
            begin = end;
        }
        if (begin < text.size())
            add(text.substr(begin), at + static_cast<std::int64_t>(begin), kind, out);
    }

private:
    std::vector<std::size_t> ends(std::string_view text)
    {
        std::vector<std::size_t> found;
        UErrorCode error = U_ZERO_ERROR;
        const std::unique_ptr<UText, CloseText> opened(
            utext_openUTF8(nullptr, text.data(), static_cast<std::int64_t>(text.size()), &error));
        if (m_breaks && U_SUCCESS(error))
            ubrk_setUText(m_breaks.get(), opened.get(), &error);
        if (!m_breaks || U_FAILURE(error))
            return {text.size()};
        for (int end = ubrk_next(m_breaks.get()); end != UBRK_DONE; end = ubrk_next(m_breaks.get()))
            found.push_back(static_cast<std::size_t>(end));
        return found;
    }

    /// The full stop belongs to an abbreviation, to an initial or to the number of an item.
    static bool goesOn(std::string_view sentence, std::string_view rest)
    {
        sentence = prose::trimmed(sentence);
        if (rest.front() >= 'a' && rest.front() <= 'z')
            return !sentence.ends_with('?') && !sentence.ends_with('!');
        if (!sentence.ends_with('.'))
            return false;
        sentence.remove_suffix(1);
        const std::size_t space = sentence.find_last_of(" \t\n(");
        const std::string_view last = space == std::string_view::npos ? sentence : sentence.substr(space + 1);
        const bool initial = last.size() == 1 && last[0] >= 'A' && last[0] <= 'Z' && last[0] != 'I';
        const bool initials = last.size() == 3 && last[1] == '.' && last[0] >= 'A' && last[0] <= 'Z';
        const std::string word = prose::lower(last);
        return initial || initials || std::ranges::find(abbreviations, word) != abbreviations.end() ||
               (!sentence.empty() && space == std::string_view::npos &&
                sentence.find_first_not_of("0123456789") == std::string_view::npos);
    }

    static void add(std::string_view sentence, std::int64_t at, SentenceKind kind, std::vector<Sentence>& out)
    {
        const std::string_view kept = prose::trimmed(sentence);
        if (!std::ranges::any_of(kept, prose::isWordByte))
            return;
        const std::int64_t from = at + (kept.data() - sentence.data());
        out.push_back({from, from + static_cast<std::int64_t>(kept.size()), kind});
    }

    std::unique_ptr<UBreakIterator, CloseBreaks> m_breaks;
};

/// A line without indent, quote marks and the mark of an item or heading.
struct Line {
    std::string_view text;
    SentenceKind kind = SentenceKind::Prose;
    bool marked = false;  ///< begins an item or heading
    bool fence = false;   ///< opens or closes a block of code
    bool nothing = false; ///< blank, or a rule
};

Line lineOf(std::string_view raw)
{
    Line line{prose::trimmed(raw)};
    while (line.text.starts_with('>'))
        line.text = prose::trimmed(line.text.substr(1));
    line.fence = line.text.starts_with("```") || line.text.starts_with("~~~");
    line.nothing = line.text.empty() || prose::isRule(line.text);
    if (line.text.starts_with('|')) {
        line.kind = SentenceKind::TableRow;
        line.nothing = line.text.find_first_not_of("|-: ") == std::string_view::npos;
    } else if (const std::size_t mark = line.nothing ? 0 : prose::markerSize(line.text)) {
        line.kind = line.text[0] == '#' ? SentenceKind::Heading : SentenceKind::ListItem;
        line.marked = true;
        line.text = prose::trimmed(line.text.substr(mark));
    }
    return line;
}

bool mayBeWrapped(std::string_view text, std::size_t shortest)
{
    const std::string_view bare = prose::withoutClosers(text);
    return text.size() >= shortest && !bare.ends_with(':') && !prose::isTerminator(prose::lastCharacter(bare));
}

} // namespace

std::vector<Sentence> sentencesOf(std::string_view text)
{
    thread_local Splitter splitter; // its rules take longer to load than a text to split
    std::vector<Sentence> out;
    std::string joined; // lines that were wrapped, each line end one space
    std::int64_t at = 0;
    SentenceKind kind = SentenceKind::Prose;
    const auto finish = [&] {
        for (std::size_t done = 0; done < joined.size(); done += longestPiece)
            splitter.split(std::string_view(joined).substr(done, longestPiece), at + static_cast<std::int64_t>(done),
                           kind, out);
        joined.clear();
    };
    bool inFence = false;
    for (const std::string_view raw : prose::linesOf(text)) {
        const Line line = lineOf(raw);
        if (line.fence || inFence || line.nothing) {
            finish();
            inFence = inFence != line.fence;
            continue;
        }
        const std::int64_t begin = line.text.data() - text.data();
        const bool indented = kind == SentenceKind::ListItem && raw.starts_with("  ");
        const bool goesOn = !joined.empty() && !line.marked && line.kind != SentenceKind::TableRow &&
                            kind != SentenceKind::TableRow && kind != SentenceKind::Heading &&
                            mayBeWrapped(joined, indented ? 0 : shortestWrapped);
        if (!goesOn) {
            finish();
            kind = line.kind;
            at = begin;
        } else {
            joined.append(static_cast<std::size_t>(begin - at) - joined.size(), ' ');
        }
        joined += line.text;
    }
    finish();
    return out;
}

} // namespace arcscope
