// Whether the desktop prefers dark windows, or more contrast, as it tells through its settings portal.
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
    bool contrast() const { return m_contrast; }

signals:
    void changed();

private:
    void set(unsigned scheme);
    void setContrast(unsigned contrast);

    std::optional<bool> m_dark;
    bool m_contrast = false;
};

} // namespace arcscope
