#include "pricecommands.h"

#include "noticebar.h"

#include <QFileDialog>

namespace arcscope
{

PriceCommands::PriceCommands(PriceBook& prices, const Settings& settings, NoticeBar& notices, QWidget* parent)
    : QObject(parent)
    , m_window(parent)
    , m_prices(prices)
    , m_settings(settings)
{
    connect(&prices, &PriceBook::changed, this, [this] {
        m_settings.setPriceFile(m_prices.path());
        showEnabled();
    });
    connect(&prices, &PriceBook::failed, &notices, [this, &notices](const QString& message) {
        notices.add(
            {tr("The price table is not used. %1").arg(message), {}, {{tr("&Choose another…"), [this] { choose(); }}}});
    });
    if (const QString file = m_settings.priceFile(); !file.isEmpty())
        m_prices.load(file);
}

void PriceCommands::addActions(ActionRegistry& actions, QMenu* menu)
{
    actions.add({"prices.choose",
                 tr("&Price table…"),
                 tr("Compute costs that no source states by a price table in the shape of LiteLLM's"),
                 {},
                 {}},
                menu, [this] { choose(); });
    m_forget =
        actions.add({"prices.forget", tr("&Do without the price table"), tr("Compute no costs"), {}, {}}, menu, [this] {
            m_settings.setPriceFile({});
            m_prices.forget();
        });
    showEnabled();
}

void PriceCommands::choose()
{
    const QString file = QFileDialog::getOpenFileName(m_window, tr("Price table"), m_prices.path(),
                                                      tr("Price tables (*.json);;All files (*)"));
    if (!file.isEmpty())
        m_prices.load(file);
}

void PriceCommands::showEnabled()
{
    if (m_forget)
        m_forget->setEnabled(m_prices.table() != nullptr);
}

} // namespace arcscope
