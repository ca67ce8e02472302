#include "groupspan.h"

#include <algorithm>

namespace arcscope
{

void GroupSpans::widen(SpanRecord& group, const SpanRecord& inside)
{
    if (inside.start != noTime) {
        group.start = group.start == noTime ? inside.start : std::min(group.start, inside.start);
        group.provenance.set(Fact::Start, Provenance::Inferred);
    }
    if (inside.end != noTime) {
        group.end = std::max(group.end, inside.end);
        group.provenance.set(Fact::End, Provenance::Inferred);
    }
}

void GroupSpans::give(SpanSink& sink, std::string_view format)
{
    const StringId name = sink.intern(format);
    for (auto& [key, group] : m_groups) {
        group.span.flags |= bit(SpanFlag::Synthetic);
        group.span.kind = SpanKind::Workflow;
        group.span[SpanText::Format] = name;
        sink.add(group.span, group.record);
    }
    m_groups.clear();
}

} // namespace arcscope
