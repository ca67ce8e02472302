#include "leakcheck.h"

#include "decodedtext.h"
#include "hiddenvalues.h"
#include "jsonrewrite.h"
#include "packedbytes.h"
#include "splitstrings.h"

#include <algorithm>
#include <set>

namespace arcscope
{
namespace
{

constexpr int deepest = 3;
constexpr std::size_t shortestRun = 6;
constexpr std::size_t mostLeaks = 100;
constexpr std::size_t stretch = std::size_t{1} << 20; ///< what is decoded at once
constexpr std::size_t overlap = std::size_t{1} << 14; ///< so that nothing falls between two stretches

class Check
{
public:
    Check(const Redactor& redactor, const UnpackBytes& unpack)
        : m_redactor(redactor)
        , m_unpack(unpack)
    {
    }

    void piece(const std::string& name, std::string_view bytes, const std::string& way, int depth)
    {
        search(
            name, bytes, [&] { return way.empty() ? "as it is" : way; }, 0, true);
        HiddenValues::Packed packed;
        if (depth > 0)
            packed = [&](std::string_view hidden) { held(name, hidden, way + "digits, ", depth - 1); };
        for (std::size_t at = 0; at < bytes.size(); at += stretch) {
            const std::string_view part = bytes.substr(at, stretch + overlap);
            if (!m_redactor.hidden().mayHold(m_redactor.finder(), part, deepest, true, packed))
                continue;
            eachDecoding(part, deepest, shortestRun, [&](const DecodedText& reading) {
                search(
                    name, reading.bytes, [&] { return way.empty() ? reading.way : way + ", " + reading.way; },
                    at + (reading.from.empty() ? 0 : reading.from.front()), reading.whole);
                if (depth > 0 && !reading.whole)
                    held(name, reading.bytes, way + reading.way + ", ", depth - 1);
            });
        }
        strings(name, bytes, way);
        if (depth > 0)
            unpacked(name, bytes, way, depth - 1);
        digests(name, bytes, way);
    }

    std::vector<Leak> take() { return std::move(m_leaks); }

private:
    template <typename Way>
    void search(const std::string& name, std::string_view bytes, Way wayOf, std::size_t base, bool edges)
    {
        for (const KnownValues::Found& hit : m_redactor.finder().find(bytes, edges))
            report(name, hit, wayOf(), base);
    }

    /// Null where it is told already.
    Leak* report(const std::string& name, const KnownValues::Found& hit, const std::string& way, std::size_t base)
    {
        const RemovedValue& value = m_redactor.removed()[hit.id];
        if (m_leaks.size() >= mostLeaks || !m_seen.insert(name + way + std::to_string(hit.id)).second)
            return nullptr;
        m_leaks.push_back({value.kind, value.rule, name, way, base + hit.range.from, {}});
        return &m_leaks.back();
    }

    /// Of the spans that the parts of what is split stand in.
    static std::vector<std::string> spansOf(std::string_view json, const JoinedStrings& strings,
                                            const SensitiveRange& range)
    {
        std::set<std::size_t> numbers;
        strings.eachPart(range, [&](std::size_t number, const SensitiveRange&) { numbers.insert(number); });
        std::vector<std::string> spans;
        std::string last;
        std::size_t number = 0;
        visitJson(json, [&](const JsonScalar& scalar) {
            if (scalar.field == "spanId" && scalar.kind == JsonScalar::Kind::String)
                last = scalar.text;
            if (numbers.contains(number++) && !last.empty() && (spans.empty() || spans.back() != last))
                spans.push_back(last);
        });
        return spans;
    }

    /// Strings of one field one behind the other: a value may be split over them. Whole files and their lines.
    void strings(const std::string& name, std::string_view bytes, const std::string& way)
    {
        StringsByField joined;
        const bool whole = joinStrings(bytes, joined);
        if (!whole) {
            joined.clear();
            for (std::size_t at = 0; at < bytes.size();) {
                const std::size_t end = std::min(bytes.find('\n', at), bytes.size());
                static_cast<void>(joinStrings(bytes.substr(at, end - at), joined));
                at = end + 1;
            }
        }
        for (const auto& [field, strung] : joined) {
            const std::string& text = strung.text;
            for (const KnownValues::Found& hit : m_redactor.finder().find(text)) {
                Leak* const leak = report(name, hit, way + "split over strings of “" + field + "”", 0);
                if (leak && whole)
                    leak->spans = spansOf(bytes, strung, hit.range);
            }
            if (looksLikeJson(text) || text.find("{\"") != std::string::npos)
                nested(name, text, way, field);
        }
    }

    /// JSON in strings: what is split over its strings, too.
    void nested(const std::string& name, std::string_view text, const std::string& way, const std::string& field)
    {
        StringsByField joined;
        if (!joinStrings(text, joined))
            return;
        for (const auto& [inner, all] : joined)
            search(
                name, all.text,
                [&, &of = inner] { return way + "split over strings of “" + of + "” in “" + field + "”"; }, 0, true);
    }

    /// Packed data anywhere behind a magic number.
    void unpacked(const std::string& name, std::string_view bytes, const std::string& way, int depth)
    {
        if (!m_unpack)
            return;
        for (const std::string_view magic : packedMagics) {
            for (std::size_t at = bytes.find(magic); at != std::string_view::npos; at = bytes.find(magic, at + 1)) {
                if (const auto plain = m_unpack(bytes.substr(at)); plain && !plain->empty())
                    piece(name, *plain, way + "unpacked", depth);
            }
        }
    }

    void held(const std::string& name, std::string_view bytes, const std::string& way, int depth)
    {
        eachHeld(bytes, m_unpack, [&](std::string_view plain) { piece(name, plain, way + "unpacked", depth); });
    }

    void digests(const std::string& name, std::string_view bytes, const std::string& way)
    {
        for (const KnownValues::Found& hit : m_redactor.digestsIn(bytes))
            report(name, hit, way + "a digest of it", 0);
    }

    const Redactor& m_redactor;
    const UnpackBytes& m_unpack;
    std::vector<Leak> m_leaks;
    std::set<std::string> m_seen;
};

} // namespace

std::vector<Leak> findLeaks(const Redactor& redactor, const std::vector<LeavingPiece>& pieces,
                            const UnpackBytes& unpack)
{
    if (redactor.finder().empty())
        return {};
    constexpr int packedInPacked = 3;
    Check check(redactor, unpack);
    for (const LeavingPiece& piece : pieces)
        check.piece(piece.name, piece.bytes, {}, packedInPacked);
    return check.take();
}

std::size_t valuesLookedFor(const Redactor& redactor, LookedFor where)
{
    return static_cast<std::size_t>(std::count_if(redactor.removed().begin(), redactor.removed().end(),
                                                  [&](const RemovedValue& one) { return one.lookedFor() == where; }));
}

} // namespace arcscope
