#include "pricebook.h"

#include "displaytext.h"
#include "pricefile.h"

namespace arcscope
{

PriceBook::PriceBook(QObject* parent)
    : QObject(parent)
{
}

void PriceBook::load(const QString& path)
{
    m_task.start([file = path.toStdString()](
                     const std::stop_token&) { return std::make_shared<Result<PriceTable>>(readPrices(file)); },
                 [this, path](const std::shared_ptr<Result<PriceTable>>& read) {
                     if (!*read) {
                         emit failed(oneLine(read->error().message));
                         return;
                     }
                     m_path = path;
                     m_table = std::make_shared<const PriceTable>(std::move(**read));
                     emit changed();
                 });
}

void PriceBook::forget()
{
    m_task.cancel();
    if (!m_table)
        return;
    m_table.reset();
    m_path.clear();
    emit changed();
}

} // namespace arcscope
