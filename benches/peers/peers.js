// Business time by JavaScript packages, one round at a time: the same arguments, questions and answers as src/main.rs.
// They know the zone of the process only: it is started with TZ=Europe/Amsterdam.
"use strict";

const fs = require("node:fs");
const readline = require("node:readline");

const [file, holidays, budget] = process.argv.slice(2);
const dates = holidays.split(",");
const bytes = fs.readFileSync(file);
const all = new BigInt64Array(bytes.buffer, bytes.byteOffset, bytes.length / 8);
const half = all.length / 2;
const [from, to] = [all.subarray(0, half), all.subarray(half)].map((column) => Array.from(column, (at) => Number(at / 1000n)));
const MINUTE = 60_000_000;

const moment = require("moment-business-time");
const day = ["09:00:00", "17:00:00"];
moment.updateLocale("en", {
    workinghours: { 0: null, 1: day, 2: day, 3: day, 4: day, 5: day, 6: null },
    holidays: dates,
});

const dayjs = require("dayjs");
dayjs.extend(require("dayjs-business-time"));
const hours = [{ start: "09:00:00", end: "17:00:00" }];
dayjs.setBusinessTime({ sunday: null, monday: hours, tuesday: hours, wednesday: hours, thursday: hours, friday: hours, saturday: null });
dayjs.setHolidays(dates);

const rounds = {
    "moment-business-time between": (i) => moment(to[i]).workingDiff(moment(from[i]), "minutes") * MINUTE,
    "moment-business-time add": (i) => moment(from[i]).addWorkingTime(Number(budget), "hours").valueOf() * 1000,
    "dayjs-business-time between": (i) => dayjs(from[i]).businessMinutesDiff(dayjs(to[i])) * MINUTE,
    "dayjs-business-time add": (i) => dayjs(from[i]).addBusinessHours(Number(budget)).valueOf() * 1000,
};

readline.createInterface({ input: process.stdin }).on("line", (line) => {
    const answers = new BigInt64Array(half);
    const start = process.cpuUsage();
    for (let i = 0; i < half; i++) answers[i] = BigInt(Math.round(rounds[line](i)));
    const taken = process.cpuUsage(start);
    fs.writeFileSync(`${file}.answers`, Buffer.from(answers.buffer));
    process.stdout.write(`${(taken.user + taken.system) * 1000}\n`);
});
