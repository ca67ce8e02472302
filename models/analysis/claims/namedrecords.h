// JSON objects of tool results by the identifiers that name them.
#pragma once

#include "traceclaims.h"
#include "valueevidence.h"

#include <unordered_map>

namespace arcscope
{

struct NamedRecord {
    std::uint32_t text = 0; ///< in TraceClaims::texts(): a result
    JsonIndex object = 0;
    std::uint32_t arguments = ToolUse::none; ///< of the call that returned it
};

class NamedRecords
{
public:
    /// Reads all results and arguments that are documents. O(their values).
    explicit NamedRecords(TraceClaims& claims);

    /// Objects of which a member or the key is the identifier, and results of calls that it was handed to.
    std::vector<NamedRecord> named(std::string_view identifier) const;
    /// What stands in the object, and in the arguments of its call.
    const ValueEvidence& values(const NamedRecord& record);
    /// A small multiple, sum or difference of two numbers of the object, of at most 60.
    bool follows(const NamedRecord& record, double number);

private:
    void read(JsonReading& reading, std::uint32_t text, std::uint32_t arguments);

    TraceClaims& m_claims;
    std::unordered_map<std::uint64_t, std::vector<NamedRecord>> m_records;
    std::unordered_map<std::uint64_t, ValueEvidence> m_values;
};

/// Looks like the name of a record: "FQ8APE", "omar_rossi_1241", "ORD-40312", "me@example.com"; not like a word with a
/// number behind it ("Python3", "utf-8").
bool namesRecord(std::string_view written);

} // namespace arcscope
