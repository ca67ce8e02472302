#include "newmessages.h"

namespace arcscope
{
namespace
{

/// Same role and same parts; ids, names of roles and stop reasons are written differently by the same emitter.
bool sameMessage(const Message& a, const Message& b)
{
    if (a.role != b.role || a.parts.size() != b.parts.size())
        return false;
    for (std::size_t i = 0; i < a.parts.size(); ++i) {
        if (a.parts[i].kind != b.parts[i].kind || a.parts[i].text != b.parts[i].text ||
            a.parts[i].name != b.parts[i].name)
            return false;
    }
    return true;
}

} // namespace

Row previousModelCall(const Corpus& corpus, Row row)
{
    const SpanTable& spans = corpus.spans;
    if (spans.kind(row) != SpanKind::ModelCall || corpus.traces.rows() == 0)
        return noRow;
    Row sibling = noRow;
    Row any = noRow;
    const auto later = [&](Row candidate, Row best) {
        return best == noRow || spans.start(candidate) >= spans.start(best);
    };
    for (const Row candidate : corpus.rowsOf(static_cast<std::uint32_t>(spans.at(SpanColumn::Trace, row)))) {
        const bool before = spans.start(candidate) < spans.start(row) ||
                            (spans.start(candidate) == spans.start(row) && candidate < row);
        if (candidate == row || spans.kind(candidate) != SpanKind::ModelCall || !before)
            continue;
        if (later(candidate, any))
            any = candidate;
        if (spans.parent(candidate) == spans.parent(row) && later(candidate, sibling))
            sibling = candidate;
    }
    return sibling != noRow ? sibling : any;
}

std::size_t firstNewMessage(const std::vector<Message>& input, const std::vector<Message>& previousInput,
                            const std::vector<Message>& previousOutput)
{
    std::size_t at = 0;
    while (at < input.size() && at < previousInput.size() && sameMessage(input[at], previousInput[at]))
        ++at;
    if (at < previousInput.size())
        return at;
    for (std::size_t i = 0; at < input.size() && i < previousOutput.size() && sameMessage(input[at], previousOutput[i]);
         ++i)
        ++at;
    return at;
}

} // namespace arcscope
