#include "filterbar.h"

#include "displaytext.h"
#include "settings.h"
#include "theme.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QCompleter>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QStringListModel>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace arcscope
{
namespace
{

constexpr int mostCommands = 12;
constexpr int longestMessage = 120; ///< characters; the tip has the rest

QString text(std::string_view view)
{
    return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
}

/// How well `wanted` fits as a subsequence of `name`, higher is better; 0: not at all. Starts of words and runs count
/// more.
int fuzzyScore(const QString& name, const QString& wanted)
{
    int score = 1;
    qsizetype at = 0;
    bool run = false;
    for (const QChar c : wanted) {
        if (c.isSpace())
            continue;
        qsizetype found = at;
        while (found < name.size() && name[found].toLower() != c.toLower())
            ++found;
        if (found == name.size())
            return 0;
        const bool wordStart = found == 0 || !name[found - 1].isLetterOrNumber();
        score += wordStart ? 8 : run && found == at ? 5 : 1;
        run = found == at;
        at = found + 1;
    }
    return score;
}

QString plain(const QAction* action)
{
    return action->text().remove(QLatin1Char('&')).remove(QChar(0x2026));
}

} // namespace

FilterBar::FilterBar(AppState& state, const ActionRegistry& actions, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
    , m_actions(actions)
    , m_edit(new QLineEdit(this))
    , m_row(new QHBoxLayout)
    , m_message(new QLabel(this))
    , m_chips(new QWidget(this))
    , m_chipRow(new QHBoxLayout(m_chips))
    , m_words(new QStringListModel(this))
    , m_completer(new QCompleter(m_words, this))
{
    m_edit->setPlaceholderText(tr("Filter: kind:tool duration>2s model:opus \"refund\"   —   > for commands"));
    m_edit->setAccessibleName(tr("Filter, search text or command"));
    m_edit->setClearButtonEnabled(true);
    m_edit->installEventFilter(this);
    m_message->setTextFormat(Qt::PlainText);
    m_message->setWordWrap(true);
    m_message->hide();
    m_completer->setWidget(m_edit);
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_completer->setMaxVisibleItems(mostCommands);
    m_completer->popup()->installEventFilter(this);
    m_chipRow->setContentsMargins(0, 0, 0, 0);
    m_chipRow->setSpacing(6);
    m_chips->hide();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(4, 1, 4, 1);
    column->setSpacing(3);
    m_row->setSpacing(2);
    m_row->addWidget(m_edit, 1);
    column->addLayout(m_row);
    column->addWidget(m_message);
    column->addWidget(m_chips);

    connect(m_edit, &QLineEdit::textEdited, this, [this] {
        check();
        updateCompletions();
    });
    connect(m_edit, &QLineEdit::textChanged, this, [this](const QString& now) {
        if (now.isEmpty()) { // the clear button
            check();
            apply();
        }
    });
    connect(m_edit, &QLineEdit::returnPressed, this, &FilterBar::apply);
    connect(m_completer, qOverload<const QString&>(&QCompleter::activated), this, [this](const QString& chosen) {
        if (isPalette()) {
            runCommand(chosen);
            return;
        }
        const QString now = m_edit->text();
        const qsizetype from = std::max(now.lastIndexOf(QLatin1Char(' ')), now.lastIndexOf(QLatin1Char('('))) + 1;
        m_edit->setText(now.left(from) + chosen.section(QLatin1Char(' '), 0, 0));
        check();
    });
    connect(&state, &AppState::filterChanged, this, [this] {
        const bool another = std::exchange(m_shownFilter, m_state.filterText()) != m_state.filterText();
        if (m_edit->text() != m_state.filterText() && (another || !m_edit->hasFocus()))
            m_edit->setText(m_state.filterText());
        showChips();
        showState();
    });
}

/// Who takes the keyboard here has it again afterwards.
void FilterBar::takeKeyboard()
{
    QWidget* const now = QApplication::focusWidget();
    if (now && now != m_edit)
        m_from = now;
    m_edit->setFocus(Qt::ShortcutFocusReason);
}

void FilterBar::giveKeyboardBack()
{
    QWidget* const from = std::exchange(m_from, {}).data();
    if (from && from->isVisible() && from->isEnabled() && from->window() == window())
        from->setFocus(Qt::OtherFocusReason);
    else
        emit left();
}

void FilterBar::focusFilter()
{
    takeKeyboard();
    m_edit->selectAll();
}

void FilterBar::openPalette()
{
    takeKeyboard();
    m_edit->setText(QStringLiteral(">"));
    check();
    updateCompletions();
}

void FilterBar::addButton(QAction* action)
{
    auto* button = new QToolButton(this);
    button->setDefaultAction(action);
    button->setAutoRaise(true);
    const auto tellKeys = [button, action] {
        const QString keys = action->shortcut().toString(QKeySequence::NativeText);
        button->setToolTip(keys.isEmpty() ? action->toolTip() : action->toolTip() + QStringLiteral("  (%1)").arg(keys));
    };
    connect(action, &QAction::changed, button, tellKeys);
    tellKeys();
    button->setAccessibleName(plain(action));
    m_row->insertWidget(m_row->count() - 1, button);
}

void FilterBar::setHistory(const QStringList& filters)
{
    m_history = filters;
    m_historyAt = m_history.size();
}

bool FilterBar::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::FocusIn && watched == m_edit &&
        static_cast<QFocusEvent*>(event)->reason() != Qt::ShortcutFocusReason &&
        static_cast<QFocusEvent*>(event)->reason() != Qt::PopupFocusReason)
        m_from = nullptr;
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    if (key->key() == Qt::Key_Escape && (watched == m_edit || isPalette())) {
        escape();
        return true;
    }
    const bool popup = m_completer->popup()->isVisible();
    if (watched == m_edit && !popup && !isPalette() && !m_history.isEmpty() &&
        (key->key() == Qt::Key_Up || key->key() == Qt::Key_Down)) {
        m_historyAt = std::clamp<qsizetype>(m_historyAt + (key->key() == Qt::Key_Up ? -1 : 1), 0, m_history.size());
        m_edit->setText(m_historyAt < m_history.size() ? m_history[m_historyAt] : QString());
        check();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

/// Takes back step by step: what was typed and not applied, then the filter, then the keyboard.
void FilterBar::escape()
{
    const bool palette = isPalette();
    const bool typed = m_edit->text() != m_state.filterText();
    m_completer->popup()->hide();
    if (typed) {
        m_edit->setText(m_state.filterText());
        check();
    } else if (!m_edit->text().isEmpty()) {
        m_edit->clear();
        return;
    }
    if (palette || !typed)
        giveKeyboardBack();
}

void FilterBar::check()
{
    if (isPalette() || m_edit->text().isEmpty()) {
        m_message->setVisible(false);
        showState();
        return;
    }
    const ParsedFilter parsed = parseFilter(m_edit->text().toStdString());
    if (!parsed.error) {
        m_message->setVisible(false);
        showState();
        return;
    }
    const Theme& theme = themeFor(palette());
    QPalette colours = m_message->palette();
    colours.setColor(QPalette::WindowText, theme[ColourRole::Contradiction].ink);
    m_message->setPalette(colours);
    const auto before = QString::fromUtf8(m_edit->text().toUtf8().left(static_cast<qsizetype>(parsed.error->begin)));
    m_message->setText(tr("%1 character %2: %3")
                           .arg(QChar(0x2717))
                           .arg(before.size() + 1)
                           .arg(oneLine(parsed.error->message, longestMessage)));
    m_message->setToolTip(oneLine(parsed.error->message, 1'000));
    m_message->setVisible(true);
}

void FilterBar::showState()
{
    if (m_state.filterText().isEmpty() || m_edit->text() != m_state.filterText())
        return;
    QPalette colours = m_message->palette();
    colours.setColor(QPalette::WindowText, themeFor(palette()).muted);
    m_message->setPalette(colours);
    m_message->setToolTip({});
    if (m_state.filtering())
        m_message->setText(tr("Searching…"));
    else if (m_state.matches())
        m_message->setText(tr("%1 of %2 spans match")
                               .arg(countText(static_cast<std::int64_t>(m_state.matches()->size())),
                                    countText(m_state.corpus()->spans.rows())));
    m_message->setVisible(m_state.filtering() || m_state.matches());
}

void FilterBar::apply()
{
    const QString now = m_edit->text();
    if (m_completer->popup()->isVisible() && m_completer->popup()->currentIndex().isValid())
        return; // the chosen line is about to come
    if (isPalette()) {
        if (m_words->rowCount() > 0)
            runCommand(m_words->stringList().constFirst());
        return;
    }
    if (m_state.setFilter(now)) {
        check();
        return;
    }
    m_completer->popup()->hide();
    if (!now.isEmpty()) {
        m_history.removeAll(now);
        m_history.append(now);
        if (m_history.size() > Settings::mostFilters)
            m_history.removeFirst();
        emit historyChanged(m_history);
    }
    m_historyAt = m_history.size();
    showChips();
    showState();
}

void FilterBar::runCommand(const QString& chosen)
{
    m_completer->popup()->hide();
    m_edit->setText(m_state.filterText());
    for (QAction* action : m_actions.all()) {
        const bool named = chosen == plain(action) || chosen.startsWith(plain(action) + QStringLiteral("   "));
        if (named && action->isEnabled()) {
            giveKeyboardBack(); // unless the command moves the keyboard elsewhere
            action->trigger();
            return;
        }
    }
}

void FilterBar::showChips()
{
    while (QLayoutItem* item = m_chipRow->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const std::string filter = m_state.filterText().toStdString();
    const std::vector<FilterChip> chips = chipsOf(parseFilter(filter).filter, filter);
    for (std::size_t i = 0; i < chips.size(); ++i) {
        const FilterChip& chip = chips[i];
        auto* button = new QToolButton(m_chips);
        button->setText(oneLine(chip.text, 40) + QStringLiteral("  ✕"));
        button->setToolTip(tr("Remove this condition"));
        button->setAccessibleName(tr("Remove %1").arg(oneLine(chip.text, 40)));
        QStringList rest; // side by side all are asked for
        for (std::size_t other = 0; other < chips.size(); ++other) {
            if (other != i)
                rest << QString::fromStdString(chips[other].text);
        }
        connect(button, &QToolButton::clicked, this, [this, text = rest.join(QLatin1Char(' '))] {
            m_edit->setText(text);
            if (!text.isEmpty())
                apply();
        });
        m_chipRow->addWidget(button);
    }
    m_chipRow->addStretch();
    m_chips->setVisible(chips.size() > 1);
}

void FilterBar::updateCompletions()
{
    QStringList words;
    if (isPalette()) {
        const QString wanted = m_edit->text().mid(1).trimmed();
        std::vector<std::pair<int, QString>> scored;
        for (const QAction* action : m_actions.all()) {
            const int score = fuzzyScore(plain(action), wanted);
            if (score == 0 || !action->isEnabled())
                continue;
            const QString key = action->shortcut().toString(QKeySequence::NativeText);
            scored.emplace_back(score, key.isEmpty() ? plain(action) : plain(action) + QStringLiteral("   ") + key);
        }
        std::stable_sort(scored.begin(), scored.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
        for (const auto& [score, name] : scored)
            words << name;
    } else {
        const QString now = m_edit->text();
        const QString word =
            now.mid(std::max(now.lastIndexOf(QLatin1Char(' ')), now.lastIndexOf(QLatin1Char('('))) + 1);
        const qsizetype colon = word.indexOf(QLatin1Char(':'));
        const FilterField* field = colon > 0 ? filterField(word.left(colon).toStdString()) : nullptr;
        if (field) {
            for (const std::string_view value : filterWords(field->type)) {
                if (text(value).startsWith(word.mid(colon + 1)))
                    words << word.left(colon + 1) + text(value);
            }
        } else if (!word.isEmpty()) {
            for (const FilterField& known : filterFields()) {
                if (text(known.name).startsWith(word, Qt::CaseInsensitive))
                    words << text(known.name) + QLatin1Char(':') + QStringLiteral(" — ") + text(known.help);
            }
        }
    }
    m_words->setStringList(words);
    if (words.isEmpty()) {
        m_completer->popup()->hide();
        return;
    }
    m_completer->complete();
    m_completer->popup()->setCurrentIndex({}); // Enter takes what is written until a line is chosen
}

} // namespace arcscope
