// Commands for the price table: choosing one, which is remembered, and doing without.
#pragma once

#include "actionregistry.h"
#include "pricebook.h"
#include "settings.h"

namespace arcscope
{

class NoticeBar;

class PriceCommands : public QObject
{
    Q_OBJECT

public:
    /// Reads the table that was chosen last. `prices` and `notices` outlive this.
    PriceCommands(PriceBook& prices, const Settings& settings, NoticeBar& notices, QWidget* parent);

    void addActions(ActionRegistry& actions, QMenu* menu);

private:
    void choose();
    void showEnabled();

    QWidget* m_window;
    PriceBook& m_prices;
    Settings m_settings;
    QAction* m_forget = nullptr;
};

} // namespace arcscope
