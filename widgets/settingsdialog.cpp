#include "settingsdialog.h"

#include "language.h"
#include "shortcuteditor.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QGroupBox>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QTabWidget>
#include <QVBoxLayout>

namespace arcscope
{
namespace
{

QLabel* makeHint(const QString& text)
{
    auto* hint = new QLabel(text);
    hint->setTextFormat(Qt::PlainText);
    hint->setWordWrap(true);
    return hint;
}

} // namespace

SettingsDialog::SettingsDialog(const Settings& settings, const ActionRegistry& actions, KeyBindings& bindings,
                               QWidget* parent)
    : QDialog(parent)
    , m_settings(settings)
    , m_pages(new QTabWidget(this))
    , m_shortcuts(new ShortcutEditor(actions, bindings))
    , m_appearance(new QComboBox)
    , m_textSize(new QSpinBox)
    , m_language(new QComboBox)
    , m_session(new QCheckBox(tr("&Open at the start what was open at the end")))
    , m_noHistory(new QCheckBox(tr("Keep no &history")))
{
    setWindowTitle(tr("Settings"));
    resize(fontMetrics().averageCharWidth() * 96, fontMetrics().height() * 30);
    m_pages->addTab(makeGeneral(), tr("&General"));
    m_pages->addTab(m_shortcuts, tr("&Keys"));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    // Return in a field must not close what is being edited.
    for (QPushButton* button : findChildren<QPushButton*>())
        button->setAutoDefault(false);
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_pages, 1);
    column->addWidget(buttons);
}

void SettingsDialog::showShortcuts()
{
    m_pages->setCurrentWidget(m_shortcuts);
}

QWidget* SettingsDialog::makeGeneral()
{
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->addWidget(makeLooks());
    column->addWidget(makeMemory());
    auto* tour = new QPushButton(tr("Show the &tour"));
    tour->setToolTip(tr("Show once more what the window can do"));
    connect(tour, &QPushButton::clicked, this, [this] {
        accept();
        emit tourRequested();
    });
    auto* row = new QHBoxLayout;
    row->addWidget(tour);
    row->addStretch();
    column->addLayout(row);
    column->addStretch();
    return page;
}

QWidget* SettingsDialog::makeLooks()
{
    auto* box = new QGroupBox(tr("Looks"));
    auto* form = new QFormLayout(box);
    const std::pair<Appearance, QString> looks[] = {{Appearance::System, tr("Colours of the system")},
                                                    {Appearance::Light, tr("Light")},
                                                    {Appearance::Dark, tr("Dark")},
                                                    {Appearance::ContrastDark, tr("High contrast on black")},
                                                    {Appearance::ContrastLight, tr("High contrast on white")}};
    for (const auto& [look, name] : looks)
        m_appearance->addItem(name, static_cast<int>(look));
    m_appearance->setCurrentIndex(m_appearance->findData(static_cast<int>(m_settings.appearance())));
    m_appearance->setAccessibleName(tr("Colours"));
    m_textSize->setRange(Settings::smallestTextSize, Settings::largestTextSize);
    m_textSize->setSingleStep(10);
    m_textSize->setSuffix(tr(" %"));
    m_textSize->setValue(m_settings.textSize());
    m_textSize->setAccessibleName(tr("Size of texts, in percent of the system's"));
    m_language->addItem(tr("Language of the system"), QString());
    for (const QString& code : languages())
        m_language->addItem(languageName(code), code);
    m_language->setCurrentIndex(std::max(0, m_language->findData(m_settings.language())));
    m_language->setAccessibleName(tr("Language"));
    form->addRow(tr("&Colours:"), m_appearance);
    form->addRow(tr("&Size of texts:"), m_textSize);
    form->addRow(tr("&Language:"), m_language);
    form->addRow(QString(), makeHint(tr("Another language holds from the next start. What rules, lenses and commands "
                                        "say stays English: it is compared, kept and exported.")));
    connect(m_appearance, &QComboBox::activated, this,
            [this] { emit appearanceChosen(static_cast<Appearance>(m_appearance->currentData().toInt())); });
    connect(m_textSize, &QSpinBox::valueChanged, this, &SettingsDialog::textSizeChosen);
    connect(m_language, &QComboBox::activated, this,
            [this] { m_settings.setLanguage(m_language->currentData().toString()); });
    return box;
}

QWidget* SettingsDialog::makeMemory()
{
    auto* box = new QGroupBox(tr("What is remembered"));
    auto* column = new QVBoxLayout(box);
    m_session->setChecked(m_settings.restoresSession());
    m_session->setToolTip(tr("Files, view, trace, span, filter and zoom; of files that are gone the window says so"));
    m_noHistory->setChecked(!m_settings.keepsHistory());
    m_noHistory->setToolTip(tr("Forget what was opened, and do not remember what will be"));
    m_session->setEnabled(m_settings.keepsHistory());
    column->addWidget(m_session);
    column->addWidget(m_noHistory);
    connect(m_session, &QCheckBox::toggled, this, [this](bool on) { m_settings.setRestoresSession(on); });
    connect(m_noHistory, &QCheckBox::toggled, this, [this](bool on) {
        m_settings.setKeepsHistory(!on);
        m_session->setEnabled(!on);
        emit historyChanged();
    });
    return box;
}

} // namespace arcscope
