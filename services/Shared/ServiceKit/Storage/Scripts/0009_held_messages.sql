-- Messages that wait for their turn in a journey: few at any time, looked for by whoever takes up what a kill left behind.
create index inbox_held on inbox (source, journey, sequence) where state = 'held';
