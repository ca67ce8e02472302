// RedactedCopy: what was chosen, without what is taken out, as a file of its own that goes with it. What is made of it
// cannot hold anything else.
#pragma once

#include "session.h"
#include "temporaryfolder.h"
#include "traceexport.h"

#include <string>
#include <string_view>

namespace arcscope
{

class RedactedCopy
{
public:
    /// Only its owner may read it. `redactor`: sealed, or null. Error: Unreadable, Cancelled, Store.
    Result<void> write(Session& session, std::span<const Row> rows, Redactor* redactor, const Control& control);
    /// Empty before it is written.
    const std::string& path() const { return m_path; }

private:
    std::shared_ptr<const TemporaryFolder> m_folder;
    std::string m_path;
};

} // namespace arcscope
