// RedactedCopy: what was chosen, without what is taken out, as files of their own that go with it. What is made of them
// cannot hold anything else.
#pragma once

#include "session.h"
#include "temporaryfolder.h"
#include "traceexport.h"

#include <memory>
#include <string>
#include <vector>

namespace arcscope
{

class RedactedCopy
{
public:
    /// A file for each that traces began in, of its name as far as that is not taken out: replays hold files against
    /// each other. Only their owner may read them. `redactor`: sealed, or null. Error: Unreadable, Cancelled, Store.
    Result<void> write(Session& session, std::span<const Row> rows, Redactor* redactor, const Control& control);
    /// Empty before they are written.
    const std::vector<std::string>& paths() const { return m_paths; }

private:
    std::shared_ptr<const TemporaryFolder> m_folder;
    std::vector<std::string> m_paths;
};

} // namespace arcscope
