// The price table by which costs are computed that no source states: chosen by the user, read on another thread.
#pragma once

#include "latesttask.h"
#include "prices.h"
#include "result.h"

#include <QObject>
#include <QString>

#include <memory>

namespace arcscope
{

using PricesPtr = std::shared_ptr<const PriceTable>;

class PriceBook : public QObject
{
    Q_OBJECT

public:
    explicit PriceBook(QObject* parent = nullptr);

    /// Null where none is read: nothing is computed then.
    const PricesPtr& table() const { return m_table; }
    /// Of the table; empty where there is none.
    const QString& path() const { return m_path; }
    /// Reads a file (pricefile.h). What there is stays until the other is read, and where it cannot be.
    void load(const QString& path);
    void forget();

signals:
    void changed();
    void failed(const QString& message); ///< one line, with the path
private:
    QString m_path;
    PricesPtr m_table;
    LatestTask<std::shared_ptr<Result<PriceTable>>> m_task;
};

} // namespace arcscope
