#include "replaysetup.h"

#include "controlrow.h"
#include "displaytext.h"
#include "plaintip.h"
#include "replaypairingbutton.h"

#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QMenu>
#include <QToolButton>

#include <algorithm>

namespace arcscope
{
namespace
{

/// A name takes no more room than so many letters.
constexpr int mostNameLetters = 24;

/// "gpt-4 (200)".
QString valueText(const std::string& name, const ReplayValue& value)
{
    return QStringLiteral("%1 (%2)").arg(oneLine(name, 60), countText(static_cast<qint64>(value.traces.size())));
}

} // namespace

ReplaySetup::ReplaySetup(QWidget* parent)
    : QWidget(parent)
    , m_field(new QComboBox)
    , m_base(new QComboBox)
    , m_candidates(new QToolButton)
    , m_menu(new QMenu(m_candidates))
    , m_swap(new QToolButton)
    , m_compare(new QToolButton)
    , m_pairing(new ReplayPairingButton)
{
    auto* const row = new ControlRow(this);
    for (QComboBox* const box : {m_field, m_base}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
        box->setMaximumWidth(mostNameLetters * fontMetrics().averageCharWidth());
    }
    row->addLabelled(new QLabel(tr("runs &by")), m_field);
    m_field->setAccessibleName(tr("What tells the runs apart"));
    connect(m_field, &QComboBox::currentTextChanged, this,
            [this](const QString& name) { m_field->setToolTip(plainTip(name)); });
    row->addLabelled(new QLabel(tr("b&ase A")), m_base);
    m_base->setAccessibleName(tr("Base"));
    row->addLabelled(new QLabel(tr("against")), m_candidates);
    m_candidates->setPopupMode(QToolButton::InstantPopup);
    m_candidates->setMenu(m_menu);
    m_candidates->setToolTip(tr("One candidate or several"));
    m_candidates->setAccessibleName(tr("Candidates"));
    m_candidates->setFocusPolicy(Qt::StrongFocus);
    m_swap->setText(QString(QChar(0x21c4)));
    m_swap->setToolTip(tr("Swap the base and the first candidate (X)"));
    m_swap->setAccessibleName(tr("Swap base and candidate"));
    row->addWidget(m_swap);
    row->addWidget(m_pairing);
    row->addWidget(m_compare);
    m_compare->setText(tr("&Compare"));
    m_compare->setToolTip(tr("Pair these runs by task and compare them; the choice is kept with the notes"));
    for (QToolButton* const button : {m_swap, m_compare})
        button->setFocusPolicy(Qt::StrongFocus);
    connect(m_pairing, &ReplayPairingButton::keyChosen, this, [this] {
        showCandidates();
        if (m_compared.chosen() && chosen().chosen())
            emit compareRequested(chosen());
    });
    connect(m_field, &QComboBox::currentIndexChanged, this, [this] {
        if (!m_filling)
            listValues({}, {});
    });
    connect(m_base, &QComboBox::currentIndexChanged, this, [this] {
        if (!m_filling)
            listCandidates(chosen().candidates);
    });
    connect(m_swap, &QToolButton::clicked, this, &ReplaySetup::swap);
    connect(m_compare, &QToolButton::clicked, this, [this] { emit compareRequested(chosen()); });
}

void ReplaySetup::show(const ReplayFields& fields, const ReplaySides& compared, const ReplaySides& likely)
{
    m_fields = fields;
    m_compared = compared;
    const bool there = compared.chosen() && !tracesOfSides(fields, compared).empty();
    const ReplaySides& sides = there ? compared : likely;
    m_pairing->setKey(sides.key);
    m_filling = true;
    m_field->clear();
    for (const ReplayField& field : fields)
        m_field->addItem(replayFieldText(field.name), QString::fromStdString(field.name));
    m_field->setCurrentIndex(std::max(0, m_field->findData(QString::fromStdString(sides.field))));
    m_filling = false;
    listValues(sides.base, sides.candidates);
    setEnabled(!fields.empty());
}

void ReplaySetup::listValues(const std::string& base, const std::vector<std::string>& candidates)
{
    const ReplayField* const field = fieldNamed(m_fields, m_field->currentData().toString().toStdString());
    m_filling = true;
    m_base->clear();
    if (field) {
        const std::vector<std::string> names = endsOfNames(valuesOf(*field));
        for (std::size_t i = 0; i < names.size(); ++i) {
            const ReplayValue& value = field->values[i];
            m_base->addItem(valueText(names[i], value), QString::fromStdString(value.text));
            m_base->setItemData(static_cast<int>(i), plainTip(valueText(value.text, value)), Qt::ToolTipRole);
        }
    }
    m_base->setCurrentIndex(std::max(0, m_base->findData(QString::fromStdString(base))));
    m_filling = false;
    listCandidates(candidates);
}

void ReplaySetup::listCandidates(const std::vector<std::string>& candidates)
{
    const ReplayField* const field = fieldNamed(m_fields, m_field->currentData().toString().toStdString());
    m_menu->clear();
    m_actions.clear();
    const QString base = m_base->currentData().toString();
    if (field) {
        for (const ReplayValue& value : field->values) {
            const QString text = QString::fromStdString(value.text);
            if (text == base)
                continue;
            QAction* const action =
                m_menu->addAction(valueText(value.text, value).replace(QLatin1Char('&'), QLatin1String("&&")));
            action->setData(text);
            action->setCheckable(true);
            action->setChecked(std::find(candidates.begin(), candidates.end(), value.text) != candidates.end());
            connect(action, &QAction::toggled, this, &ReplaySetup::showCandidates);
            m_actions.push_back(action);
        }
        const bool none =
            std::none_of(m_actions.begin(), m_actions.end(), [](QAction* one) { return one->isChecked(); });
        if (none && !m_actions.empty())
            m_actions.front()->setChecked(true);
    }
    showCandidates();
}

void ReplaySetup::showCandidates()
{
    ReplaySides sides = chosen();
    QStringList names;
    for (const std::string& candidate : sides.candidates)
        names << oneLine(candidate, 40);
    const QString all = names.isEmpty() ? tr("no candidate") : names.join(QStringLiteral(", "));
    sides.candidates.push_back(sides.base);
    names.clear();
    for (const std::string& candidate : endsOfNames(sides.candidates))
        names << oneLine(candidate, 40);
    names.removeLast(); // the base
    const QFontMetrics metrics = m_candidates->fontMetrics();
    const int room = mostNameLetters * metrics.averageCharWidth();
    const bool fits = names.isEmpty() || metrics.horizontalAdvance(all) <= room;
    QString shown = metrics.elidedText(fits ? all : names.join(QStringLiteral(", ")), Qt::ElideRight, room);
    if (m_actions.size() > 1)
        shown += tr(", %1 of %2").arg(chosen().candidates.size()).arg(m_actions.size());
    m_candidates->setText(shown.replace(QLatin1Char('&'), QLatin1String("&&")));
    setPlainTip(*m_candidates, tr("One candidate or several: %1").arg(all));
    m_base->setToolTip(m_base->currentData(Qt::ToolTipRole).toString());
    m_compare->setEnabled(chosen().chosen());
    m_swap->setEnabled(chosen().chosen());
    QFont font = m_compare->font();
    font.setBold(chosen().chosen() && chosen() != m_compared);
    m_compare->setFont(font);
}

ReplaySides ReplaySetup::chosen() const
{
    ReplaySides sides;
    sides.field = m_field->currentData().toString().toStdString();
    sides.base = m_base->currentData().toString().toStdString();
    for (const QAction* const action : m_actions) {
        if (action->isChecked())
            sides.candidates.push_back(action->data().toString().toStdString());
    }
    sides.key = m_pairing->key();
    return sides;
}

void ReplaySetup::swap()
{
    ReplaySides sides = chosen();
    if (!sides.chosen())
        return;
    std::swap(sides.base, sides.candidates.front());
    listValues(sides.base, sides.candidates);
    emit compareRequested(chosen());
}

} // namespace arcscope
