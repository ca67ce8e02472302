// The part of the desktop's settings portal that tells about colours, over D-Bus.
#pragma once

#include <QDBusVariant>
#include <QObject>

namespace arcscope
{

class SettingsPortal : public QObject
{
    Q_OBJECT

public:
    /// Asks at once and listens; never waits, never starts a bus.
    explicit SettingsPortal(QObject* parent);

signals:
    void schemeChanged(unsigned scheme); ///< org.freedesktop.appearance color-scheme: 1 dark, 2 light, 0 neither
    void
    contrastChanged(unsigned contrast); ///< org.freedesktop.appearance contrast: 1 more than usual, 0 no preference

private:
    void ask(const QString& key);
    void tell(const QString& key, unsigned value);

private slots:
    void settingChanged(const QString& group, const QString& key, const QDBusVariant& value);
};

} // namespace arcscope
