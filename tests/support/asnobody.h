// Runs a part of a test without the rights of root, which may write everywhere.
#pragma once

#include <QString>

#include <unistd.h>

namespace arcscope::testing
{

/// Whoever runs the test; root is nobody until this ends.
class AsNobody
{
public:
    /// `home`: the folder that nobody may write to.
    explicit AsNobody(const QString& home)
        : m_user(::geteuid())
    {
        constexpr uid_t nobody = 65534;
        if (m_user == 0)
            m_done = ::chown(home.toUtf8().constData(), nobody, static_cast<gid_t>(-1)) == 0 && ::seteuid(nobody) == 0;
    }
    ~AsNobody()
    {
        if (m_user == 0 && ::seteuid(m_user) != 0)
            qFatal("root is not root again");
    }
    AsNobody(const AsNobody&) = delete;
    AsNobody& operator=(const AsNobody&) = delete;

    explicit operator bool() const { return m_done; }

private:
    uid_t m_user;
    bool m_done = true;
};

} // namespace arcscope::testing
