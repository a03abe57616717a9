"""The words of the built-in samples, by category."""

ARTICLE = {
    "sport": "football, soccer, rugby, tennis, goalkeeper, penalty kick, basketball, referee, stadium",
    "footwear": "footwear, shoe, boot, sandal, sneaker, slipper, foot, sock",
    "fruit": "apple, banana, orange, pear, strawberry, mango",
    "drink": "coffee, espresso, tea, milk, juice",
    "animal": "cat, kitten, dog, rabbit, horse, lion",
    "space": "rocket, astronaut, moon, planet, telescope, galaxy",
    "weather": "rain, snow, fog, sunshine, thunderstorm",
}

NOUNS = {
    "animal": "antelope, bat, bear, beaver, bee, butterfly, camel, cat, chicken, cow, crab, crocodile, deer, dog, dolphin, "
    "donkey, duck, eagle, elephant, fox, frog, giraffe, goat, horse, kangaroo, lion, monkey, mouse, owl, penguin, pig, "
    "rabbit, shark, sheep, snake, spider, tiger, turtle, whale, wolf",
    "plant": "acorn, bamboo, birch, bush, cactus, clover, daffodil, daisy, fern, forest, grass, hedge, ivy, lavender, lily, "
    "maple, moss, mushroom, oak, orchid, palm tree, pine, rose, seaweed, sunflower, tulip, vine, willow",
    "food": "apple, bacon, banana, bean, bread, butter, cabbage, cake, carrot, cheese, cherry, chocolate, cucumber, egg, "
    "garlic, grape, honey, lemon, lettuce, mango, noodles, olive, onion, pasta, peach, pear, pepper, pie, pizza, potato, "
    "rice, salad, sandwich, sausage, soup, strawberry, tomato",
    "drink": "beer, champagne, cider, cocktail, coffee, espresso, juice, lemonade, milk, rum, smoothie, tea, vodka, water, "
    "whisky, wine",
    "clothing": "apron, belt, blouse, boot, cap, coat, dress, glove, hat, jacket, jeans, jumper, pyjamas, sandal, scarf, "
    "shirt, shoe, skirt, slipper, sneaker, sock, suit, tie, trousers, uniform, waistcoat",
    "body": "ankle, arm, back, beard, brain, chin, ear, elbow, eye, face, finger, foot, hand, heart, knee, leg, lip, lung, "
    "mouth, neck, nose, shoulder, skin, stomach, thumb, toe, tongue, tooth",
    "home": "armchair, bathtub, bed, blanket, bookcase, bowl, broom, candle, carpet, chair, cup, curtain, cushion, drawer, "
    "fork, fridge, kettle, knife, lamp, mirror, oven, pillow, plate, sink, sofa, spoon, table, teapot, toilet, towel, "
    "vase, wardrobe",
    "tool": "axe, brush, chisel, compass, drill, hammer, ladder, nail, needle, pliers, rake, rope, ruler, saw, scissors, "
    "screw, screwdriver, shovel, spanner, tape measure, torch, wheelbarrow",
    "vehicle": "aeroplane, ambulance, bicycle, boat, bus, canoe, car, ferry, fire engine, helicopter, lorry, motorcycle, "
    "rocket, sailing ship, scooter, submarine, taxi, tractor, train, tram, van",
    "building": "airport, barn, bridge, castle, cathedral, church, cinema, factory, garage, hospital, hotel, house, library, "
    "lighthouse, mosque, museum, office, palace, prison, school, skyscraper, stadium, station, supermarket, temple, "
    "theatre, tower, windmill",
    "nature": "beach, cave, cliff, cloud, desert, fog, glacier, hill, island, lake, lightning, moon, mountain, ocean, planet, "
    "rain, rainbow, river, snow, star, storm, sun, valley, volcano, waterfall, wind",
    "sport": "archery, badminton, baseball, basketball, boxing, cricket, cycling, dance, fencing, football, goalkeeper, golf, "
    "gymnastics, hockey, judo, marathon, penalty kick, referee, rowing, rugby, skiing, soccer, surfing, swimming, tennis, "
    "volleyball, wrestling",
    "music": "accordion, bagpipes, banjo, bell, cello, choir, clarinet, concert, drum, flute, guitar, harmonica, harp, melody, "
    "opera, orchestra, organ, piano, saxophone, singer, trombone, trumpet, violin, xylophone",
}

PICTURES = {
    "sport": "football, soccer, baseball, volleyball, goalkeeper",
    "animal": "cat, kitten, dog, horse, cow, sheep, bird, fish, insect, bear",
    "drink": "coffee, espresso, tea",
    "space": "rocket, astronaut, galaxy",
    "tool": "hammer, scissors",
    "home": "chair, cup, spoon, pan",
    "place": "tower, castle, windmill, pyramid, desert",
    "music": "guitar, drum",
}


def items(categories: dict[str, str]) -> list[dict]:
    """One item a word, in order; a word that stands twice is an error."""
    listed = [{"text": word, "category": name} for name, words in categories.items() for word in words.split(", ")]
    texts = [item["text"] for item in listed]
    assert len(texts) == len(set(texts)), sorted({text for text in texts if texts.count(text) > 1})
    return listed
