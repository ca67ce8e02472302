// ClockDialog: the clocks of services, how far they seem to be apart, and the offsets that times are shown with.
#pragma once

#include "clocksettings.h"
#include "corpusloader.h"
#include "latesttask.h"

#include <QDialog>

class QDialogButtonBox;
class QDoubleSpinBox;
class QLabel;
class QTableWidget;

namespace arcscope
{

struct ServiceClock;

class ClockDialog : public QDialog
{
    Q_OBJECT

public:
    /// `recorded`: with times as recorded; `now`: what is set.
    ClockDialog(CorpusPtr recorded, const ClockSettings& now, QWidget* parent = nullptr);

    /// What the user set.
    ClockSettings clocks() const;
    /// Asks where something was changed.
    void reject() override;

private:
    using Estimates = std::shared_ptr<std::vector<ServiceClock>>;

    void showEstimates(const std::vector<ServiceClock>& clocks);
    void addService(const QString& service, const QString& estimate, qint64 estimated);
    void takeEstimates();
    void reset();

    CorpusPtr m_corpus;
    ClockSettings m_now;
    QLabel* m_about;
    QTableWidget* m_table;
    QDialogButtonBox* m_buttons;
    QList<QDoubleSpinBox*> m_offsets; ///< a row each, in milliseconds
    QList<qint64> m_estimated;        ///< nanoseconds
    LatestTask<Estimates> m_task;
};

} // namespace arcscope
