#include "systemcolours.h"

#ifdef ARCSCOPE_HAS_DBUS
#include "settingsportal.h"
#endif

namespace arcscope
{

SystemColours::SystemColours(QObject* parent)
    : QObject(parent)
{
#ifdef ARCSCOPE_HAS_DBUS
    auto* const portal = new SettingsPortal(this);
    connect(portal, &SettingsPortal::schemeChanged, this, &SystemColours::set);
    connect(portal, &SettingsPortal::contrastChanged, this, &SystemColours::setContrast);
#endif
}

void SystemColours::set(unsigned scheme)
{
    std::optional<bool> dark; // 0, and what is not known: no preference
    if (scheme == 1 || scheme == 2)
        dark = scheme == 1;
    if (dark == m_dark)
        return;
    m_dark = dark;
    emit changed();
}

void SystemColours::setContrast(unsigned contrast)
{
    if ((contrast == 1) == m_contrast)
        return;
    m_contrast = contrast == 1;
    emit changed();
}

} // namespace arcscope
