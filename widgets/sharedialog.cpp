#include "sharedialog.h"

#include "displaytext.h"
#include "spantext.h"
#include "tablestyle.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QGroupBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QProcess>
#include <QPushButton>
#include <QScrollArea>
#include <QTableView>
#include <QTemporaryFile>
#include <QVBoxLayout>

#include <tuple>

namespace arcscope
{
namespace
{

enum Scope { Everything, Filtered, OneTrace };
constexpr int typingPause = 400; ///< milliseconds without a key before it is looked again
constexpr int readRecordsRefused = 4;

QStringList partsOf(const QLineEdit& edit)
{
    QStringList parts;
    for (const QString& part : edit.text().split(QLatin1Char(';'))) {
        if (!part.trimmed().isEmpty())
            parts << part.trimmed();
    }
    return parts;
}

/// What a command says went wrong, without its name in front.
QString problemOf(QProcess& process)
{
    QStringList lines;
    for (QString line : QString::fromUtf8(process.readAllStandardError()).split(QLatin1Char('\n'))) {
        if (line.startsWith(QLatin1String("arcscope")))
            line.remove(0, line.indexOf(QLatin1Char(':')) + 2);
        if (!line.trimmed().isEmpty())
            lines << oneLine(line.toStdString(), 300);
    }
    return lines.join(QLatin1Char('\n'));
}

QLabel* wrappedLabel()
{
    auto* const label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

} // namespace

ShareDialog::ShareDialog(const ShareChoice& now, const QString& program, QWidget* parent)
    : QDialog(parent)
    , m_now(now)
    , m_program(program.isEmpty() ? QCoreApplication::applicationFilePath() : program)
    , m_preview(new RedactionModel(this))
    , m_form(new QComboBox)
    , m_scope(new QComboBox)
    , m_scale(new QComboBox)
    , m_redacts(new QCheckBox(tr("&Replace what is personal or secret")))
    , m_texts(new QLineEdit)
    , m_subjects(new QLineEdit)
    , m_fields(new QLineEdit)
    , m_tags(new QLineEdit)
    , m_where(new QLineEdit)
    , m_values(new QCheckBox(tr("S&how the values")))
    , m_summary(wrappedLabel())
    , m_places(wrappedLabel())
    , m_problem(wrappedLabel())
    , m_table(new QTableView)
    , m_write(new QPushButton(tr("&Write…")))
{
    setWindowTitle(tr("Share"));
    const QSize wanted(fontMetrics().averageCharWidth() * 110, fontMetrics().height() * 42);
    const QSize frame(0, 2 * fontMetrics().height());
    resize(parent ? wanted.boundedTo(parent->window()->size() - frame) : wanted);
    auto* const inside = new QWidget;
    auto* const choices = new QVBoxLayout(inside);
    choices->setContentsMargins(0, 0, 0, 0);
    choices->addWidget(makeWhat());
    choices->addWidget(makeRules());
    choices->addWidget(makePreview(), 1);
    auto* const scrolled = new QScrollArea; // a low window keeps the buttons
    scrolled->setFrameShape(QFrame::NoFrame);
    scrolled->setWidgetResizable(true);
    scrolled->setFocusPolicy(Qt::NoFocus);
    scrolled->setWidget(inside);
    auto* const column = new QVBoxLayout(this);
    column->addWidget(scrolled, 1);
    m_problem->setVisible(false);
    column->addWidget(m_problem);
    auto* const buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    buttons->addButton(m_write, QDialogButtonBox::ActionRole);
    auto* const copy = buttons->addButton(tr("&Copy the command"), QDialogButtonBox::ActionRole);
    column->addWidget(buttons);
    m_write->setDefault(true);

    m_later.setSingleShot(true);
    m_later.setInterval(typingPause);
    connect(&m_later, &QTimer::timeout, this, &ShareDialog::look);
    connect(m_write, &QPushButton::clicked, this, &ShareDialog::askTarget);
    connect(copy, &QPushButton::clicked, this, &ShareDialog::copyCommand);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    for (QComboBox* box : {m_form, m_scope, m_scale})
        connect(box, &QComboBox::currentIndexChanged, this, &ShareDialog::showChoice);
    connect(m_redacts, &QCheckBox::toggled, this, &ShareDialog::showChoice);
    connect(m_values, &QCheckBox::toggled, this, &ShareDialog::showChoice);
    for (QLineEdit* edit : {m_texts, m_subjects, m_fields, m_tags, m_where})
        connect(edit, &QLineEdit::textChanged, this, &ShareDialog::lookLater);
    showChoice();
}

ShareDialog::~ShareDialog()
{
    for (QProcess* process : {m_looking, m_writing}) {
        if (process)
            process->disconnect(this);
    }
}

/// What ran before in its place is ended, and goes by itself.
QProcess* ShareDialog::started(QProcess* before, const QStringList& arguments)
{
    if (before) {
        before->disconnect(this);
        connect(before, &QProcess::finished, before, &QObject::deleteLater);
        before->kill();
    }
    auto* const process = new QProcess(this);
    connect(process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error != QProcess::FailedToStart)
            return;
        m_problem->setText(tr("%1 cannot be run.").arg(m_program));
        m_problem->setVisible(true);
    });
    process->start(m_program, arguments);
    process->closeWriteChannel();
    return process;
}

QWidget* ShareDialog::makeWhat()
{
    auto* const part = new QWidget;
    auto* const form = new QFormLayout(part);
    form->setContentsMargins(0, 0, 0, 0);
    m_form->addItem(tr("Picture of the view (PNG, SVG, PDF, HTML)"), static_cast<int>(ShareForm::Picture));
    m_form->addItem(tr("Postmortem, one page (HTML, PDF)"), static_cast<int>(ShareForm::Postmortem));
    m_form->addItem(tr("Traces as OTLP JSON"), static_cast<int>(ShareForm::Otlp));
    m_form->addItem(tr("Bundle that opens again (.arcbundle)"), static_cast<int>(ShareForm::Bundle));
    if (!m_now.span.isEmpty())
        m_form->addItem(tr("Eval case of the selected span (JSON)"), static_cast<int>(ShareForm::Case));
    m_form->setCurrentIndex(m_form->findData(static_cast<int>(m_now.form)));
    m_scope->addItem(tr("Everything that is open"), Everything);
    if (!m_now.filter.isEmpty())
        m_scope->addItem(tr("Traces with spans that the filter shows"), Filtered);
    if (!m_now.trace.isEmpty())
        m_scope->addItem(tr("The trace that is shown"), OneTrace);
    m_scope->setCurrentIndex(m_scope->count() - 1);
    for (int scale = 1; scale <= 4; ++scale)
        m_scale->addItem(tr("%1 times as fine").arg(scale), scale);
    m_scale->setCurrentIndex(1);
    form->addRow(tr("&What"), m_form);
    form->addRow(tr("&Of"), m_scope);
    form->addRow(tr("&PNG"), m_scale);
    return part;
}

QWidget* ShareDialog::makeRules()
{
    auto* const part = new QGroupBox(tr("Take out"));
    auto* const form = new QFormLayout(part);
    m_redacts->setChecked(true);
    m_redacts->setToolTip(tr("By the form of values and the names of fields; the same value gets the same placeholder. "
                             "Structure, times and counts stay."));
    form->addRow(m_redacts);
    const std::tuple<QLineEdit*, QString, QString> rows[] = {
        {m_texts, tr("&Texts"), tr("struck wherever they stand; several with ; between")},
        {m_subjects, tr("Pe&ople"), tr("ids, e-mail addresses or names: struck everywhere")},
        {m_fields, tr("&Fields"), tr("names of fields whose values are struck")},
        {m_tags, tr("Ta&gs"), tr("data.class=personal: all that spans with this attribute say")},
        {m_where, tr("&Spans"), tr("a filter: all that spans say that match")}};
    for (const auto& [edit, name, hint] : rows) {
        edit->setPlaceholderText(hint);
        edit->setToolTip(hint);
        form->addRow(name, edit);
    }
    return part;
}

QWidget* ShareDialog::makePreview()
{
    auto* const part = new QWidget;
    auto* const column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    m_table->setModel(m_preview);
    setUpTable(*m_table, tr("What would be taken out"));
    m_table->setMinimumHeight(fontMetrics().height() * 4);
    m_table->horizontalHeader()->setSectionResizeMode(RedactionModel::ValueColumn, QHeaderView::Stretch);
    const int em = fontMetrics().averageCharWidth();
    m_table->setColumnWidth(RedactionModel::RuleColumn, 34 * em);
    column->addWidget(m_summary);
    column->addWidget(m_table, 1);
    column->addWidget(m_places);
    column->addWidget(m_values);
    return part;
}

ShareChoice ShareDialog::choice() const
{
    ShareChoice made = m_now;
    made.form = static_cast<ShareForm>(m_form->currentData().toInt());
    const int scope = m_scope->currentData().toInt();
    if (scope != OneTrace)
        made.trace.clear();
    if (scope != Filtered)
        made.filter.clear();
    made.scale = m_scale->currentData().toInt();
    made.redacts = m_redacts->isChecked();
    made.texts = partsOf(*m_texts);
    made.subjects = partsOf(*m_subjects);
    made.fields = partsOf(*m_fields);
    made.tags = partsOf(*m_tags);
    made.where = m_where->text().trimmed();
    return made;
}

void ShareDialog::showChoice()
{
    const ShareChoice made = choice();
    const bool picture = made.form == ShareForm::Picture;
    m_scale->setEnabled(picture);
    for (QLineEdit* edit : {m_texts, m_subjects, m_fields, m_tags, m_where})
        edit->setEnabled(made.redacts);
    m_table->setEnabled(made.redacts);
    m_values->setEnabled(made.redacts);
    const bool drawn = !picture || !made.redacts || !made.view.isEmpty();
    m_write->setEnabled(drawn && !made.paths.contains(QStringLiteral("-")));
    if (!drawn) {
        m_problem->setText(
            tr("Of this view there is no picture with something taken out: choose another form, or a view "
               "as the timeline."));
        m_problem->setVisible(true);
    } else if (made.paths.contains(QStringLiteral("-"))) {
        m_problem->setText(tr("What came over standard input is not there any more: save it as a file first."));
        m_problem->setVisible(true);
    } else {
        m_problem->setVisible(false);
    }
    look();
}

void ShareDialog::lookLater()
{
    m_later.start();
}

void ShareDialog::look()
{
    m_later.stop();
    const ShareChoice made = choice();
    if (!made.redacts || made.paths.contains(QStringLiteral("-"))) {
        m_preview->clear();
        m_summary->setText(tr("Nothing is taken out: everything leaves as it was recorded."));
        m_places->clear();
        return;
    }
    m_summary->setText(tr("Looking for what would be taken out…"));
    m_looking = started(m_looking, previewArguments(made, m_values->isChecked()));
    connect(m_looking, &QProcess::finished, this, &ShareDialog::showPreview);
}

void ShareDialog::showPreview()
{
    const QByteArray told = m_looking->readAllStandardOutput();
    if (!m_preview->setPreview(told)) {
        const QString problem = problemOf(*m_looking);
        m_summary->setText(problem.isEmpty() ? tr("What would be taken out could not be found.") : problem);
        m_places->clear();
        return;
    }
    m_summary->setText(tr("%1 of %2 leave. Taken out: %3 in %4. Found by patterns, names of fields and what is given "
                          "above: no proof that "
                          "nothing else is there.")
                           .arg(counted(m_preview->spans(), tr("%1 span"), tr("%1 spans")),
                                counted(m_preview->traces(), tr("%1 trace"), tr("%1 traces")),
                                counted(m_preview->values(), tr("%1 value"), tr("%1 values")),
                                counted(m_preview->places(), tr("%1 place"), tr("%1 places"))));
    const QString places = m_preview->placesText(8);
    QStringList lines;
    if (!places.isEmpty())
        lines << tr("Where: %1").arg(places);
    if (m_preview->naming() == 0)
        lines << tr("No span names the people given above.");
    else if (m_preview->naming() > 0)
        lines << counted(m_preview->naming(), tr("%1 span names the people given above: %2"),
                         tr("%1 spans name the people given above: %2"))
                     .arg(m_preview->namingText(3));
    m_places->setText(lines.join(QLatin1Char('\n')));
}

void ShareDialog::askTarget()
{
    const ShareChoice made = choice();
    const QString endings = made.form == ShareForm::Picture      ? tr("Pictures (*.png *.svg *.pdf *.html)")
                            : made.form == ShareForm::Postmortem ? tr("Pages (*.html *.pdf)")
                                                                 : tr("Files (*%1)").arg(shareEnding(made.form));
    const QString target = QFileDialog::getSaveFileName(this, tr("Write to"),
                                                        QStringLiteral("arcscope") + shareEnding(made.form), endings);
    if (!target.isEmpty())
        write(target);
}

void ShareDialog::write(const QString& target)
{
    ShareChoice made = choice();
    made.target = target;
    if (made.form == ShareForm::Picture && !made.redacts) {
        emit pictureAsked(made);
        accept();
        return;
    }
    if (made.form == ShareForm::Bundle && !made.state.isEmpty()) {
        delete m_state;
        m_state = new QTemporaryFile(this);
        if (!m_state->open() || m_state->write(made.state) != made.state.size() || !m_state->flush()) {
            m_problem->setText(tr("What the window shows could not be noted: %1").arg(m_state->errorString()));
            m_problem->setVisible(true);
            return;
        }
        made.stateFile = m_state->fileName();
    }
    m_problem->setText(tr("Writing %1…").arg(target));
    m_problem->setVisible(true);
    m_write->setEnabled(false);
    m_writing = started(m_writing, shareArguments(made));
    connect(m_writing, &QProcess::finished, this, [this, target] { showWritten(target); });
}

void ShareDialog::showWritten(const QString& target)
{
    m_write->setEnabled(true);
    const bool done = m_writing->exitStatus() == QProcess::NormalExit &&
                      (m_writing->exitCode() == 0 || m_writing->exitCode() == readRecordsRefused);
    if (!done) {
        const QString problem = problemOf(*m_writing);
        m_problem->setText(problem.isEmpty() ? tr("It could not be written.") : problem);
        return;
    }
    emit written(target);
    accept();
}

void ShareDialog::copyCommand()
{
    ShareChoice made = choice();
    made.target = QStringLiteral("arcscope") + shareEnding(made.form);
    QGuiApplication::clipboard()->setText(shellCommand(QStringLiteral("arcscope"), shareArguments(made)));
}

} // namespace arcscope
