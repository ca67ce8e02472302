#include "clockdialog.h"

#include "clockskew.h"
#include "displaytext.h"
#include "maydiscard.h"

#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include <cmath>
#include <set>

namespace arcscope
{
namespace
{

constexpr double mostMs = 1e12; ///< 31 years: a clock that was never set
constexpr int decimals = 3;
/// Services beyond this are not listed; the ones with calls between them come first.
constexpr std::size_t mostServices = 500;

QString nameOf(const Corpus& corpus, StringId service)
{
    const std::string_view text = corpus.strings[service];
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString estimateText(const Corpus& corpus, const ServiceClock& clock)
{
    if (clock.service == clock.reference)
        return ClockDialog::tr("others are compared with it");
    const QString calls =
        counted(static_cast<std::int64_t>(clock.pairs), ClockDialog::tr("%1 call"), ClockDialog::tr("%1 calls"));
    const QString bound = QString::fromStdString(durationText(clock.bound));
    const QString reference = oneLine(corpus.strings[clock.reference], 40);
    if (clock.offset == 0)
        return ClockDialog::tr("agrees with %1 (%2)").arg(reference, calls);
    const QString length = QString::fromStdString(durationText(clock.offset < 0 ? -clock.offset : clock.offset));
    return (clock.offset < 0 ? ClockDialog::tr("%1 ahead of %2, \u00b1 %3 (%4 of %5)")
                             : ClockDialog::tr("%1 behind %2, \u00b1 %3 (%4 of %5)"))
        .arg(length, reference, bound, countText(static_cast<std::int64_t>(clock.agreed)), calls);
}

} // namespace

ClockDialog::ClockDialog(CorpusPtr recorded, const ClockSettings& now, QWidget* parent)
    : QDialog(parent)
    , m_corpus(std::move(recorded))
    , m_now(now)
    , m_about(new QLabel(this))
    , m_table(new QTableWidget(0, 3, this))
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this))
{
    setWindowTitle(tr("Align clocks"));
    resize(fontMetrics().averageCharWidth() * 100, fontMetrics().height() * 24);
    m_about->setTextFormat(Qt::PlainText);
    m_about->setWordWrap(true);
    m_about->setText(tr("Comparing the clocks…"));
    m_table->setHorizontalHeaderLabels(
        {tr("Service"), tr("Its clock, as calls between services show it"), tr("Shift shown times by")});
    m_table->setAccessibleName(tr("Clocks of services"));
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionMode(QAbstractItemView::NoSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setShowGrid(false);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setSectionResizeMode(1, QHeaderView::Stretch);
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_about);
    column->addWidget(m_table, 1);
    column->addWidget(m_buttons);
    QPushButton* take = m_buttons->addButton(tr("Use &estimates"), QDialogButtonBox::ActionRole);
    QPushButton* back = m_buttons->addButton(tr("As &recorded"), QDialogButtonBox::ResetRole);
    take->setEnabled(false);
    connect(take, &QPushButton::clicked, this, &ClockDialog::takeEstimates);
    connect(back, &QPushButton::clicked, this, &ClockDialog::reset);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, [this] { done(Rejected); });
    m_task.start(
        [corpus = m_corpus](const std::stop_token& stop) {
            auto found = estimateClocks(*corpus, {stop, nullptr});
            return std::make_shared<std::vector<ServiceClock>>(found ? std::move(*found) : std::vector<ServiceClock>());
        },
        [this, take](const Estimates& clocks) {
            showEstimates(*clocks);
            take->setEnabled(!m_offsets.isEmpty());
        });
}

void ClockDialog::showEstimates(const std::vector<ServiceClock>& clocks)
{
    std::set<StringId> listed;
    bool off = false;
    for (const ServiceClock& clock : clocks) {
        listed.insert(clock.service);
        off = off || clock.offset != 0;
        if (listed.size() <= mostServices)
            addService(nameOf(*m_corpus, clock.service), estimateText(*m_corpus, clock), clock.offset);
    }
    const std::vector<std::int64_t> services = m_corpus->spans.values(columnOf(SpanText::Service));
    for (const std::int64_t value : services) {
        const StringId service{static_cast<std::uint32_t>(value)};
        if (service && listed.insert(service).second && listed.size() <= mostServices)
            addService(nameOf(*m_corpus, service), tr("not known: no call says"), 0);
    }
    m_about->setText(
        off ? tr("A call that is waited for lies inside of its caller\u2019s span. Some do not, so that these "
                 "clocks are apart. What is recorded is not changed; shifted times are marked.")
            : tr("What is recorded does not show that any clock is off. Times can be shifted all the same; "
                 "what is recorded is not changed."));
    m_table->resizeColumnToContents(0);
    m_table->setColumnWidth(2, fontMetrics().averageCharWidth() * 24);
    if (!m_offsets.isEmpty())
        m_offsets.first()->setFocus();
}

void ClockDialog::addService(const QString& service, const QString& estimate, qint64 estimated)
{
    const int row = m_table->rowCount();
    m_table->insertRow(row);
    auto* name = new QTableWidgetItem(oneLine(service.toStdString(), 60));
    name->setData(Qt::UserRole, service);
    m_table->setItem(row, 0, name);
    m_table->setItem(row, 1, new QTableWidgetItem(estimate));
    m_table->item(row, 1)->setToolTip(estimate);
    auto* offset = new QDoubleSpinBox(m_table);
    offset->setRange(-mostMs, mostMs);
    offset->setDecimals(decimals);
    offset->setSuffix(tr(" ms"));
    offset->setAccessibleName(tr("Shift of %1").arg(name->text()));
    offset->setValue(static_cast<double>(m_now.value(service)) / millisecond);
    m_table->setCellWidget(row, 2, offset);
    m_table->setRowHeight(row, offset->sizeHint().height() + 2);
    m_offsets << offset;
    m_estimated << estimated;
}

void ClockDialog::takeEstimates()
{
    for (qsizetype i = 0; i < m_offsets.size(); ++i)
        m_offsets[i]->setValue(static_cast<double>(m_estimated[i]) / millisecond);
}

void ClockDialog::reset()
{
    for (QDoubleSpinBox* offset : std::as_const(m_offsets))
        offset->setValue(0);
    if (m_offsets.isEmpty())
        m_now.clear();
}

void ClockDialog::reject()
{
    if (clocks() == m_now || mayDiscard(*this, tr("Are the clocks to stay as they were?")))
        QDialog::reject();
}

ClockSettings ClockDialog::clocks() const
{
    ClockSettings clocks = m_now; // of services that are not listed, too
    for (int row = 0; row < m_offsets.size(); ++row) {
        const QString service = m_table->item(row, 0)->data(Qt::UserRole).toString();
        const double shown = m_offsets[row]->value();
        const double before = static_cast<double>(m_now.value(service)) / millisecond;
        const double estimated = static_cast<double>(m_estimated[row]) / millisecond;
        const double step = std::pow(10.0, -decimals);
        // What was not typed keeps the nanoseconds that the field does not show.
        const qint64 offset = std::abs(shown - before) < step      ? m_now.value(service)
                              : std::abs(shown - estimated) < step ? m_estimated[row]
                                                                   : std::llround(shown * millisecond);
        if (offset == 0)
            clocks.remove(service);
        else
            clocks.insert(service, offset);
    }
    return clocks;
}

} // namespace arcscope
