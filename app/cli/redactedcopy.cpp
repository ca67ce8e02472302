#include "redactedcopy.h"

#include <filesystem>
#include <fstream>

namespace arcscope
{

RedactedCopy::RedactedCopy()
{
    std::error_code ignored;
    const auto name = "arcscope-" + std::to_string(PseudonymKey::random().words[0]);
    m_folder = (std::filesystem::temp_directory_path(ignored) / name).string();
    m_path = m_folder + "/redacted.jsonl";
}

RedactedCopy::~RedactedCopy()
{
    std::error_code ignored;
    std::filesystem::remove(m_path, ignored);
    std::filesystem::remove(m_folder, ignored);
}

Result<void> RedactedCopy::write(Session& session, std::span<const Row> rows, Redactor* redactor,
                                 const Control& control)
{
    std::error_code failed;
    std::filesystem::create_directory(m_folder, failed);
    std::filesystem::permissions(m_folder, std::filesystem::perms::owner_all, failed);
    std::ofstream file(m_path, std::ios::binary);
    const auto done = exportRows(
        session, rows, redactor, [&](std::string_view lines) { file << lines; }, control);
    if (!done)
        return done.error();
    file.close();
    if (!file || failed)
        return Error{ErrorCode::Unreadable, m_path + " cannot be written"};
    return {};
}

} // namespace arcscope
