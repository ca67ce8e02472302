// Why a file cannot be opened, and what to do about it.
#pragma once

#include <cerrno>
#include <cstring>
#include <string>

namespace arcscope
{

/// `error` is an errno; "Permission denied; …".
inline std::string whyUnopened(int error)
{
    std::string why = std::strerror(error);
    if (error == ENOENT || error == ENOTDIR)
        why += "; check the path";
    else if (error == EACCES || error == EPERM)
        why += "; you need the right to read it";
    return why;
}

} // namespace arcscope
