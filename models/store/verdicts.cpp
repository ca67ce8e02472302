#include "verdicts.h"

#include "eachrow.h"
#include "storedtext.h"
#include "workspace.h"

#include <array>
#include <charconv>

namespace arcscope
{
namespace
{

std::string hexOf(std::uint64_t number)
{
    std::array<char, 16> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number, 16);
    return std::string(digits.data(), end.ptr);
}

} // namespace

std::string findingKey(const Corpus& corpus, const Finding& finding)
{
    return finding.cause.empty()
               ? placedKey(corpus, finding)
               : finding.rule + " cause:" + finding.scope + (finding.scope.empty() ? "" : "/") + finding.cause;
}

std::string placedKey(const Corpus& corpus, const Finding& finding)
{
    std::string key = finding.rule + ' ';
    std::string quotes;
    for (const FindingPlace& place : finding.places) {
        key += placeOfSpan(corpus, place.row) + ' ';
        // Events of a stream are told by their number only where nothing is quoted.
        quotes += place.quote.empty() ? std::to_string(place.event) : place.quote;
        quotes += '\0';
    }
    return key + hexOf(hashOf(quotes));
}

Result<void> keepVerdict(Workspace& workspace, const KeptVerdict& verdict)
{
    if (auto fits = checkLengths({verdict.finding, verdict.reason, verdict.note}); !fits)
        return fits;
    const bool forget = verdict.verdict == FindingVerdict::Open && verdict.note.empty();
    auto change = workspace.database().prepare(
        forget
            ? "delete from verdicts where finding = ?1"
            : "insert or replace into verdicts(finding, verdict, reason, note, changed_ns) values(?1, ?2, ?3, ?4, ?5)");
    return changeRow(std::move(change), [&](Statement& row) {
        row.bind(1, verdict.finding);
        if (!forget)
            row.bind(2, static_cast<std::int64_t>(verdict.verdict))
                .bind(3, verdict.reason)
                .bind(4, verdict.note)
                .bind(5, verdict.changed);
    });
}

Result<std::vector<KeptVerdict>> verdicts(Workspace& workspace)
{
    auto select = workspace.database().prepare(
        "select finding, verdict, reason, note, changed_ns from verdicts order by finding");
    return allRows<KeptVerdict>(select, [](const Statement& row) {
        const std::int64_t verdict = row.number(1);
        const bool known = verdict >= 0 && verdict <= static_cast<std::int64_t>(FindingVerdict::Dismissed);
        return KeptVerdict{std::string(row.text(0)),
                           known ? static_cast<FindingVerdict>(verdict) : FindingVerdict::Open,
                           std::string(row.text(2)), std::string(row.text(3)), row.number(4)};
    });
}

} // namespace arcscope
