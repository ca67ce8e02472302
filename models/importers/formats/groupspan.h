// GroupSpans: spans made by a reader for what a platform names but does not record as a span: a session, a trace.
#pragma once

#include "spanrecord.h"

#include <map>
#include <string>
#include <string_view>

namespace arcscope
{

/// Times are those of what lies in a group, and inferred; what is in none has none.
class GroupSpans
{
public:
    struct Group {
        SpanRecord span;
        std::string record; ///< what the source says of it; may be empty
    };

    /// The group of that key, made where it is new.
    Group& at(const std::string& key) { return m_groups[key]; }
    Group* find(const std::string& key)
    {
        const auto found = m_groups.find(key);
        return found == m_groups.end() ? nullptr : &found->second;
    }
    static void widen(SpanRecord& group, const SpanRecord& inside);
    /// Gives all groups to the sink, as synthetic spans.
    void give(SpanSink& sink, std::string_view format);

private:
    std::map<std::string, Group> m_groups;
};

} // namespace arcscope
