// What models say against what tools returned: values from nowhere or of another record, acts that no call did.
#include "actionchecks.h"
#include "detector.h"
#include "outcomechecks.h"
#include "valuechecks.h"

#include <array>

namespace arcscope
{
namespace
{

constexpr auto rules = std::to_array<DetectorRule>({
    {"claim.unsupported_value", FindingLevel::Finding,
     "A model states an amount, date, time or identifier that no tool returned and nobody said before, nor follows "
     "from two amounts.",
     "The tool returns a price of 155; the answer: “The flight FQ8APE costs $165.”",
     "The tool returns prices of 155 and 54; the answer: “Together that is $209.”"},
    {"claim.wrong_record", FindingLevel::Finding,
     "A line names one record and gives it a value that tools returned for another one.",
     "Order A1001 is of 3 May, A1002 of 9 May; the answer: “Order A1001 arrives on May 9.”",
     "“Order A1001 arrives on May 3.”"},
    {"claim.action_without_call", FindingLevel::Finding,
     "A model says that it has done what changes something outside, and no call before it could have done so.",
     "After nothing but get_order: “I have cancelled your order.”", "“I can cancel your order. Shall I?”"},
    {"claim.success_after_error", FindingLevel::Finding,
     "A model says that it has done something, or that tests, a build or a linter went well, and the last call for it "
     "failed.",
     "cancel_order returns an error; the answer: “Your order has been cancelled.” A shell runs pytest, which prints “3 "
     "failed, 38 passed”; the answer: “All 41 tests pass.”",
     "cancel_order fails, and succeeds when it is called again"},
    {"claim.wrong_count", FindingLevel::Check, "A model says how many there are, and no list of that name has as many.",
     "“reservations” has five entries; the answer: “You have 3 reservations.”", "“You have 5 reservations.”"},
});

void run(TraceReading& trace, std::vector<Finding>& into)
{
    TraceClaims& claims = trace.claims();
    if (claims.uses().empty())
        return;
    ClaimEvidence evidence(claims);
    checkUnsupportedValues(evidence, into);
    checkRecords(evidence, into);
    checkCounts(evidence, into);
    checkActions(claims, into);
    checkOutcomes(claims, into);
}

} // namespace

Detector toolEvidence()
{
    return {"tool-evidence", 8, rules, run, nullptr, nullptr, {}, nullptr, true};
}

} // namespace arcscope
