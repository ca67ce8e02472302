// Whether the desktop prefers dark windows, as it tells through its settings portal.
#pragma once

#include <QObject>

#include <optional>

namespace arcscope
{

/// Asks when it is made and waits for no answer; listens from then on. Where there is no session bus, no portal or no
/// preference, dark() stays empty.
class SystemColours : public QObject
{
    Q_OBJECT

public:
    explicit SystemColours(QObject* parent = nullptr);

    std::optional<bool> dark() const { return m_dark; }

signals:
    void changed();

private:
    void set(unsigned scheme);

    std::optional<bool> m_dark;
};

} // namespace arcscope
