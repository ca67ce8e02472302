// InspectReferences: the texts and messages that the events of an Inspect sample only point at.
#pragma once

#include "inspectevent.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

/// Long texts are kept once for each sample ("attachment://KEY"), so are the messages that model calls were given
/// (ranges of a list). A record is stored together with what it points at, each kind on a line of its own.
class InspectReferences
{
public:
    /// Added to one record at most; references to more stay as they are.
    static constexpr std::size_t maxAddedBytes = std::size_t(16) << 20;
    /// Added to all records of a sample at most, beside maxAddedBytes: times its own bytes. Calls that are given a long
    /// conversation again and again come to a hundred times.
    static constexpr std::size_t maxGrowth = 256;

    void attachments(std::string_view json);
    void messages(std::string_view json);

    /// The event with a line for what it points at. `missing`: something is not here, or too long.
    std::string joined(std::string_view event, const std::vector<InspectRange>& pooled, bool& missing);
    /// Messages in these ranges that are here.
    std::int64_t count(const std::vector<InspectRange>& pooled) const;

private:
    bool addTexts(std::string_view json, std::map<std::string, std::string_view>& texts, std::size_t& room) const;

    std::map<std::string, std::string> m_texts; ///< JSON strings
    std::vector<std::string> m_messages;        ///< JSON
    std::size_t m_bytes = 0;                    ///< of these and of the events seen
    std::size_t m_added = 0;
};

/// The first value of such a record with everything in place; `inputs`: the messages that were pooled, as an array.
std::string resolvedRecord(std::string_view record, std::string& inputs);

} // namespace arcscope
