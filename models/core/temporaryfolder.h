// A folder for what is only needed while the program runs, and what is left of programs that were killed.
#pragma once

#include "result.h"

#include <memory>
#include <string>

namespace arcscope
{

/// Only its user can look into it. It goes with its contents when the object goes; what a program left that was killed,
/// goes when the next one makes its first folder.
class TemporaryFolder
{
public:
    /// In the system's folder for temporary files. Error: Store.
    static Result<std::shared_ptr<const TemporaryFolder>> create();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    const std::string& path() const { return m_path; }

private:
    TemporaryFolder(std::string path, int lock);

    std::string m_path;
    int m_lock = -1; ///< of the file that says that the folder is in use; the system takes it from who dies
};

/// Removes the folders in `where` that TemporaryFolder made and whose program is gone; how many.
int removeAbandonedFolders(const std::string& where);

} // namespace arcscope
