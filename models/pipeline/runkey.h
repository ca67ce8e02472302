// What runs are paired or split by, as a user writes it: fields, joined, and a pattern for the last of them.
#pragma once

#include "result.h"
#include "spantable.h"

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

class Workspace;

/// "tenant", "session+prompt_name", "request~order ([0-9]+)": names of fields with "+" between them, and behind "~" a
/// regular expression (ECMAScript without back references) for the last, of which the first group, else the whole
/// match, is the value.
class RunKey
{
public:
    /// At most 1,000 bytes. Error: Usage, with what is wrong.
    static Result<RunKey> read(std::string_view text);

    using FieldValue = std::function<Result<std::string>(const std::string& field)>;
    /// The values with a comma between them; empty where one is not recorded, or the pattern does not match. Of a value
    /// the first 1,000 bytes count. Error: that of a field.
    Result<std::string> valueOf(const FieldValue& fieldValue) const;

private:
    struct Pattern;
    std::vector<std::string> m_fields;
    std::shared_ptr<const Pattern> m_pattern; ///< of the last; null: none
};

/// A text of spans by its name ("tenant", "model_served"): of the first span of these traces that has it; else an
/// attribute of their first span. Empty: not recorded. Error: Store.
Result<std::string> fieldOfRun(Workspace& workspace, const Corpus& corpus, std::span<const std::uint32_t> traces,
                               const std::string& field);

} // namespace arcscope
