#include "redactedcopy.h"

#include <fstream>

namespace arcscope
{

Result<void> RedactedCopy::write(Session& session, std::span<const Row> rows, Redactor* redactor,
                                 const Control& control)
{
    auto folder = TemporaryFolder::create();
    if (!folder)
        return folder.error();
    m_folder = std::move(*folder);
    m_path = m_folder->path() + "/redacted.jsonl";
    std::ofstream file(m_path, std::ios::binary);
    const auto done = exportRows(
        session, rows, redactor, [&](std::string_view lines) { file << lines; }, control);
    if (!done)
        return done.error();
    file.close();
    if (!file)
        return Error{ErrorCode::Unreadable, m_path + " cannot be written"};
    return {};
}

} // namespace arcscope
