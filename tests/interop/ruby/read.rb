# frozen_string_literal: true

# Prints what Ruby's icalendar reads from every calendar in a folder, a JSON line for each entry.
require "icalendar"
require "json"
require "stringio" # icalendar 2.8.0 uses it without requiring it

def moment(value)
  return nil if value.nil?
  return value.strftime("%Y-%m-%d") if value.is_a?(Icalendar::Values::Date)

  value.to_time.utc.strftime("%Y-%m-%dT%H:%M:%SZ")
end

# icalendar 2.8.0 turns `\n` into a newline before it looks for `\\`, so that a backslash and an n come as a backslash and
# a newline (values/text.rb, line 5). No summary of ours has a newline.
def line(text)
  text.to_s.gsub("\\\n", "\\n")
end

Dir.glob(File.join(ARGV.fetch(0), "*.ics")).sort.each do |path|
  calendars = Icalendar::Calendar.parse(File.read(path, encoding: "UTF-8"))
  raise "#{path}: not one VCALENDAR" unless calendars.size == 1

  calendar = calendars.first
  (calendar.events + calendar.todos).each do |entry|
    task = entry.is_a?(Icalendar::Todo)
    puts JSON.generate(
      file: File.basename(path),
      method: calendar.ip_method.to_s,
      kind: task ? "VTODO" : "VEVENT",
      uid: entry.uid.to_s,
      sequence: entry.sequence.to_i,
      status: entry.status.to_s,
      start: moment(entry.dtstart),
      end: moment(task ? entry.due : entry.dtend),
      summary: line(entry.summary)
    )
  end
end
