#include "mappingdialog.h"

#include "choicedelegate.h"
#include "displaytext.h"
#include "maydiscard.h"
#include "tablestyle.h"
#include "theme.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QEvent>
#include <QFileInfo>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>

namespace arcscope
{
namespace
{

QLabel* plainLabel(QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

} // namespace

MappingDialog::MappingDialog(const QString& path, QWidget* parent)
    : QDialog(parent)
    , m_editor(path)
    , m_records(new QComboBox(this))
    , m_kind(new QComboBox(this))
    , m_fields(new QTableView(this))
    , m_spans(new QTableView(this))
    , m_summary(plainLabel(this))
    , m_notes(plainLabel(this))
    , m_problem(plainLabel(this))
    , m_name(new QLineEdit(m_editor.name(), this))
    , m_replaces(plainLabel(this))
{
    setWindowTitle(tr("Map %1").arg(oneLine(QFileInfo(path).fileName().toStdString(), 80)));
    auto* intro = plainLabel(this);
    intro->setText(
        tr("No format is known for this file. Say what its fields mean; what is not used stays in the records."));

    setUpTable(*m_fields, tr("Fields of the file"));
    m_fields->setModel(&m_editor.fields());
    m_fields->setItemDelegate(new ChoiceDelegate(m_fields));
    m_fields->setEditTriggers(QAbstractItemView::EditKeyPressed | QAbstractItemView::SelectedClicked |
                              QAbstractItemView::DoubleClicked | QAbstractItemView::AnyKeyPressed);
    m_fields->setSelectionBehavior(QAbstractItemView::SelectItems);
    for (int i = 0; i < MappingFieldModel::shownSamples; ++i)
        m_fields->horizontalHeader()->setSectionResizeMode(MappingFieldModel::FirstSample + i, QHeaderView::Stretch);
    m_fields->setAccessibleDescription(tr("F2 in the columns Means and Unit offers what to choose from"));
    setUpTable(*m_spans, tr("Spans that this mapping gives"));
    m_spans->setModel(&m_editor.spans());
    m_spans->horizontalHeader()->setStretchLastSection(false);
    m_spans->horizontalHeader()->setSectionResizeMode(MappingSpanModel::NameColumn, QHeaderView::Stretch);

    auto* splitter = new QSplitter(Qt::Vertical, this);
    splitter->addWidget(m_fields);
    splitter->addWidget(makeResult());
    splitter->setChildrenCollapsible(false);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_save = buttons->addButton(tr("&Save and open"), QDialogButtonBox::AcceptRole);
    m_save->setDefault(true);
    auto* bottom = new QHBoxLayout;
    auto* nameLabel = new QLabel(tr("&Name of the mapping:"), this);
    nameLabel->setBuddy(m_name);
    m_name->setMaxLength(80);
    m_name->setToolTip(tr("Files of this shape are opened by it from now on"));
    m_name->setAccessibleName(tr("Name of the mapping"));
    bottom->addWidget(nameLabel);
    bottom->addWidget(m_name, 1);
    bottom->addWidget(m_replaces, 1);
    bottom->addWidget(buttons);

    auto* column = new QVBoxLayout(this);
    column->addWidget(intro);
    column->addWidget(makeChoices());
    column->addWidget(splitter, 1);
    column->addWidget(m_problem);
    column->addLayout(bottom);
    resize(fontMetrics().averageCharWidth() * 130, fontMetrics().height() * 38);
    if (parent)
        resize(size().boundedTo(parent->size() * 0.95));

    connect(buttons, &QDialogButtonBox::accepted, this, &MappingDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, [this] { done(Rejected); });
    connect(m_records, &QComboBox::activated, &m_editor, &MappingEditor::setRecordChoice);
    connect(m_kind, &QComboBox::activated, &m_editor, &MappingEditor::setKindChoice);
    connect(m_name, &QLineEdit::textEdited, &m_editor, &MappingEditor::setName);
    const auto touch = [this] { m_touched = true; };
    connect(m_records, &QComboBox::activated, this, touch);
    connect(m_kind, &QComboBox::activated, this, touch);
    connect(m_name, &QLineEdit::textEdited, this, touch);
    connect(&m_editor.fields(), &QAbstractItemModel::dataChanged, this, touch);
    connect(&m_editor, &MappingEditor::changed, this, &MappingDialog::showState);
    setColours();
    showState();
    m_fields->setFocus();
}

QWidget* MappingDialog::makeChoices()
{
    auto* row = new QWidget(this);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    const auto add = [&](const QString& text, QComboBox* box, const QString& tip) {
        auto* label = new QLabel(text, row);
        label->setBuddy(box);
        box->setToolTip(tip);
        box->setAccessibleName(QString(text).remove(QLatin1Char('&')).remove(QLatin1Char(':')));
        box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
        layout->addWidget(label);
        layout->addWidget(box);
        layout->addSpacing(12);
    };
    add(tr("&Records:"), m_records, tr("Where in the file the records are"));
    add(tr("&Each is a:"), m_kind, tr("The kind of the span that a record becomes"));
    layout->addStretch(1);
    return row;
}

QWidget* MappingDialog::makeResult()
{
    auto* result = new QWidget(this);
    auto* layout = new QVBoxLayout(result);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* notes = new QScrollArea(result); // the ledger may have much to say
    notes->setWidget(m_notes);
    notes->setWidgetResizable(true);
    notes->setFrameShape(QFrame::NoFrame);
    notes->setMaximumHeight(fontMetrics().height() * 4);
    notes->setAccessibleName(tr("What the ledger will say"));
    m_notes->setAlignment(Qt::AlignTop);
    m_notes->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    layout->addWidget(m_summary);
    layout->addWidget(m_spans, 1);
    layout->addWidget(notes);
    return result;
}

void MappingDialog::fill(QComboBox& box, const QStringList& choices, int chosen)
{
    QStringList shown;
    for (int i = 0; i < box.count(); ++i)
        shown << box.itemText(i);
    if (shown != choices) {
        box.clear();
        box.addItems(choices);
    }
    box.setCurrentIndex(chosen);
    box.setEnabled(choices.size() > 1);
}

QString MappingDialog::recordTitle(const QString& path)
{
    if (path == QLatin1String("."))
        return tr("each line or row, or the file");
    if (path == QLatin1String("[]"))
        return tr("each element of the list");
    if (path == QLatin1String("{}"))
        return tr("each member of the object");
    return tr("each of %1").arg(path.chopped(2));
}

void MappingDialog::showState()
{
    QStringList records;
    for (const QString& path : m_editor.recordChoices())
        records << recordTitle(path);
    fill(*m_records, records, m_editor.recordChoice());
    fill(*m_kind, m_editor.kindChoices(), m_editor.kindChoice());
    const bool busy = m_editor.busy();
    m_summary->setText(busy ? tr("Reading…") : m_editor.summary());
    m_notes->setText(m_editor.notes().join(QLatin1Char('\n')));
    m_problem->setText(m_editor.problem());
    m_problem->setVisible(!m_editor.problem().isEmpty());
    m_replaces->setText(m_editor.replacesAnother() ? tr("replaces the saved one of this name") : QString());
    m_replaces->setVisible(m_editor.replacesAnother());
    m_save->setEnabled(m_editor.problem().isEmpty() && m_editor.fields().rowCount() > 0);
    for (const int column :
         {MappingFieldModel::FieldColumn, MappingFieldModel::MeaningColumn, MappingFieldModel::UnitColumn}) {
        const int wanted = m_fields->fontMetrics().averageCharWidth() * 24;
        m_fields->resizeColumnToContents(column);
        m_fields->setColumnWidth(column, std::clamp(m_fields->columnWidth(column) + 24, wanted / 2, wanted * 3 / 2));
    }
    for (int column = MappingSpanModel::KindColumn; column < MappingSpanModel::ColumnCount; ++column) {
        m_spans->resizeColumnToContents(column);
        m_spans->setColumnWidth(column, m_spans->columnWidth(column) + 16);
    }
    if (!m_fields->currentIndex().isValid() && m_editor.fields().rowCount() > 0)
        m_fields->setCurrentIndex(m_editor.fields().index(0, MappingFieldModel::MeaningColumn));
}

void MappingDialog::setColours()
{
    QPalette palette = m_problem->palette();
    const QColor ink = themeFor(this->palette())[ColourRole::Contradiction].ink;
    if (palette.color(QPalette::WindowText) == ink)
        return;
    palette.setColor(QPalette::WindowText, ink);
    m_problem->setPalette(palette);
}

void MappingDialog::changeEvent(QEvent* event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        setColours();
}

void MappingDialog::reject()
{
    if (!m_touched || mayDiscard(*this, tr("Is the mapping not to be saved?")))
        QDialog::reject();
}

void MappingDialog::accept()
{
    if (m_save->isEnabled() && m_editor.save())
        QDialog::accept();
}

} // namespace arcscope
