#include "plainform.h"

#include "canonicalkey.h"
#include "jsonprefix.h"
#include "proselines.h"

#include <array>
#include <utility>

namespace arcscope
{
namespace
{

constexpr auto typography = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"\u2018", "'"},
    {"\u2019", "'"},
    {"\u201c", "\""},
    {"\u201d", "\""},
    {"\u2013", "-"},
    {"\u2014", "-"},
    {"\u2026", "..."},
    {"\u00a0", " "},
});

/// Appends the words of a line behind one space each.
void addWords(std::string_view line, std::string& into)
{
    bool space = true;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (prose::isSpace(c) || c == '|') {
            space = true;
            continue;
        }
        const bool inWord =
            i > 0 && i + 1 < line.size() && prose::isWordByte(line[i - 1]) && prose::isWordByte(line[i + 1]);
        if (c == '`' || ((c == '*' || c == '~' || c == '_') && !inWord))
            continue;
        std::string_view add = line.substr(i, 1);
        for (const auto& [from, to] : typography) {
            if (line.substr(i).starts_with(from)) {
                add = to;
                i += from.size() - 1;
                break;
            }
        }
        if (add == " ") {
            space = true;
            continue;
        }
        if (space && !into.empty())
            into += ' ';
        space = false;
        into += add;
    }
}

bool isFence(std::string_view line)
{
    return line.starts_with("```") || line.starts_with("~~~");
}

/// The row that draws a table: |---|:--:|
bool isTableRule(std::string_view line)
{
    return line.starts_with('|') && line.find_first_not_of("|-: ") == line.npos;
}

} // namespace

std::string plainForm(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    bool fenced = false;
    for (std::string_view line : prose::linesOf(text)) {
        std::string_view bare = prose::trimmed(line);
        if (isFence(bare)) {
            fenced = !fenced;
            continue;
        }
        if (fenced) {
            const std::size_t end = line.find_last_not_of(" \t\r");
            out += '\n';
            out += line.substr(0, end == line.npos ? 0 : end + 1);
            continue;
        }
        if (bare.empty() || prose::isRule(bare) || isTableRule(bare))
            continue;
        while (bare.starts_with('>'))
            bare = prose::trimmed(bare.substr(1));
        const bool heading = bare.starts_with('#');
        const std::size_t mark = prose::markerSize(bare);
        bare = prose::trimmed(bare.substr(mark));
        if (heading) {
            while (bare.ends_with('#') || bare.ends_with(':'))
                bare.remove_suffix(1);
            addWords(prose::lower(bare), out);
        } else {
            addWords(bare, out);
        }
    }
    return out;
}

bool isJsonDocument(std::string_view text)
{
    const std::string_view bare = prose::trimmed(text);
    if (!bare.starts_with('{') && !bare.starts_with('['))
        return false;
    JsonPrefix prefix;
    prefix.feed(bare);
    return prefix.finish() == JsonState::Complete;
}

bool sameButForm(std::string_view a, std::string_view b)
{
    if (isJsonDocument(a) && isJsonDocument(b))
        return canonicalKey(a) == canonicalKey(b);
    return plainForm(a) == plainForm(b);
}

} // namespace arcscope
