// A text in Markdown as sentences: what can be compared with each other, by the bytes it lies in.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace arcscope
{

enum class SentenceKind : std::uint8_t {
    Prose,
    Heading,
    ListItem, ///< a sentence of an item of a list
    TableRow,
};

struct Sentence {
    std::int64_t from = 0;
    std::int64_t to = 0; ///< behind its last sign; white space and the marks of lists, headings and quotes lie outside
    SentenceKind kind = SentenceKind::Prose;

    bool operator==(const Sentence&) const = default;
};

/// Sentences end where Unicode says so (UAX 29), but not behind abbreviations of English. Lines are sentences of their
/// own, unless they look like one text that was wrapped. Fenced code, rules and the rows that draw a table are left
/// out. Bytes that are no UTF-8 count as letters. O(n).
std::vector<Sentence> sentencesOf(std::string_view text);

} // namespace arcscope
