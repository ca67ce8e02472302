// The size of all text of the program, in steps, remembered in the settings.
#pragma once

#include "settings.h"

namespace arcscope
{

/// Scales the font of the application and of the widgets that have a size of their own. Never below 8 points.
class TextSize
{
public:
    /// Applies the remembered size: before widgets are made, so that sizes which depend on it are right.
    explicit TextSize(Settings settings);

    int percent() const { return m_settings.textSize(); }
    void bigger();
    void smaller();
    void normal();
    void set(int percent);

private:
    Settings m_settings;
};

} // namespace arcscope
